using System.Globalization;
using System.Text;
using Scriban.Parsing;

namespace Support.Sdk.Templates;

/// <summary>One rendering of one part: what it reads, what it has written, and how far it may go.</summary>
internal sealed class TemplateRun(TemplateModel model, HashSet<string> asked, CultureInfo culture, bool escapesHtml, int variables, StringBuilder output)
{
    // Between two looks at the memory; each step makes at most one text of twice the maximal length.
    private const int StepsBetweenLooks = 32;

    private readonly object?[] _variables = new object?[variables];
    private readonly long _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
    private int _steps;
    private int _loopSteps;

    public CultureInfo Culture => culture;

    public TemplateModel Model => model;

    public object? this[int slot]
    {
        get => _variables[slot];
        set => _variables[slot] = value;
    }

    /// <summary>Notes that a template looked at a value.</summary>
    public void Ask(string? path)
    {
        if (path is not null)
        {
            asked.Add(path);
        }
    }

    public void Write(string text, SourceSpan span)
    {
        if (output.Length + text.Length > ScribanContext.MaxOutputLength)
        {
            throw Limit(span, $"the part is longer than the limit of {Number(ScribanContext.MaxOutputLength)} characters");
        }

        output.Append(text);
    }

    public void Print(object? value, SourceSpan span)
    {
        var text = TemplateValue.Text(value, culture);
        Check(text, span);
        Write(escapesHtml && value is not RawHtml ? HtmlText.Escape(text) : text, span);
    }

    public void Step(SourceSpan span)
    {
        if (++_steps > ScribanContext.MaxSteps)
        {
            throw Limit(span, $"the template took more than {Number(ScribanContext.MaxSteps)} steps");
        }

        if (_steps % StepsBetweenLooks == 0 && GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore > ScribanContext.MaxAllocated)
        {
            throw Limit(span, $"the template used more than {Number(ScribanContext.MaxAllocated)} bytes of memory");
        }
    }

    public void LoopStep(SourceSpan span)
    {
        Step(span);
        if (++_loopSteps > ScribanContext.MaxLoopSteps)
        {
            throw Limit(span, $"the template took more than {Number(ScribanContext.MaxLoopSteps)} turns in loops");
        }
    }

    public static void Check(string text, SourceSpan span)
    {
        if (text.Length > ScribanContext.MaxTextLength)
        {
            throw Limit(span, $"the template made a text of more than {Number(ScribanContext.MaxTextLength)} characters");
        }
    }

    private static TemplateLimitException Limit(SourceSpan span, string message) => new(span, message);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
