using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Support.Sdk.Templates;

/// <summary>A template asked for more than it may have.</summary>
#pragma warning disable CA1032 // Made in this file only, always with a place.
internal sealed class TemplateLimitException(SourceSpan span, string message) : ScriptRuntimeException(span, message);
#pragma warning restore CA1032 // Made in this file only, always with a place.

/// <summary>Evaluates one template at a time: strict, escaped, and within limits that depend on nothing but the template and its values.</summary>
/// <remarks>
/// The limits count work instead of time, so that a busy machine never fails a good template. Together they keep a hostile
/// one far below 500 ms and 64 MB.
/// </remarks>
internal sealed class ScribanContext : TemplateContext
{
    internal const int MaxSteps = 100_000;
    internal const int MaxLoopSteps = 10_000;
    internal const int MaxDepth = 40;
    internal const int MaxTextLength = 16 * 1024;
    internal const int MaxOutputLength = 256 * 1024;
    internal const long MaxAllocated = 16 * 1024 * 1024;

    // Between two looks at the memory; each step makes at most one text of twice the maximal length.
    private const int StepsBetweenLooks = 32;

    private int _steps;
    private long _allocatedBefore;
    private bool _escapesHtml;

    public ScribanContext()
        : base(ScribanFunctions.CreateBuiltIns())
    {
        StrictVariables = true;
        EnableRelaxedMemberAccess = false;
        EnableRelaxedIndexerAccess = false;
        EnableRelaxedTargetAccess = false;
        EnableRelaxedFunctionAccess = false;
        AutoIndent = false;
        NewLine = "\n";
        LoopLimit = MaxLoopSteps;
        RecursiveLimit = MaxDepth;
        LimitToString = MaxTextLength;
        OnStringLimit = ScriptLimitBehavior.Throw;
        OutputLimit = MaxOutputLength;
        OnOutputLimit = ScriptLimitBehavior.Throw;
        RegexTimeOut = TimeSpan.FromMilliseconds(50);
    }

    public string Render(Template template, ScribanModel model, CultureInfo culture, bool escapesHtml)
    {
        Reset();
        PushCulture(culture);
        PushGlobal(model);
        // Assignments land here, and are gone with the part.
        PushGlobal(new ScriptObject(StringComparer.Ordinal));
        _steps = 0;
        _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        _escapesHtml = escapesHtml;
        return template.Render(this);
    }

    /// <summary>Lets go of the last model, before the context waits for its next use.</summary>
    public void Forget() => Reset();

    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        Step(scriptNode);
        var value = base.Evaluate(scriptNode, aliasReturnedFunction);
        return value is string { Length: > MaxTextLength }
            ? throw new TemplateLimitException(Span(scriptNode), $"the template made a text of more than {Number(MaxTextLength)} characters")
            : value;
    }

    public override TemplateContext Write(SourceSpan span, object? textAsObject)
    {
        if (!_escapesHtml || textAsObject is null or RawHtml)
        {
            return base.Write(span, textAsObject);
        }

        Write(HtmlText.Escape(ObjectToString(textAsObject)));
        return this;
    }

    public override string ObjectToString(object? value, bool nested = false) => value is RawHtml raw ? raw.Html : base.ObjectToString(value, nested) ?? "";

    /// <summary>An empty text or list is false: <c>if customer.name</c> means what it says.</summary>
    public override bool ToBool(SourceSpan span, object? value) =>
        value switch
        {
            string text => text.Length > 0,
            ICollection { Count: 0 } and not ScriptObject => false,
            _ => base.ToBool(span, value),
        };

    private void Step(ScriptNode? node)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++_steps > MaxSteps)
        {
            throw new TemplateLimitException(Span(node), $"the template took more than {Number(MaxSteps)} steps");
        }

        if (_steps % StepsBetweenLooks == 0 && GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore > MaxAllocated)
        {
            throw new TemplateLimitException(Span(node), $"the template used more than {Number(MaxAllocated)} bytes of memory");
        }
    }

    private static SourceSpan Span(ScriptNode? node) => node?.Span ?? default;

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
