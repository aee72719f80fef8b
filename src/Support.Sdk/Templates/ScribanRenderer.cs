using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Scriban;
using Scriban.Syntax;

namespace Support.Sdk.Templates;

/// <summary>Parses, checks and renders templates. Scriban is known to the files named Scriban only.</summary>
/// <remarks>
/// Safe to call from any thread: parsed templates are never written to, and each rendering has a context to itself. A context
/// costs more than a rendering, so that they are kept.
/// </remarks>
internal sealed class ScribanRenderer
{
    /// <summary>No message is that long; a template is parsed into many times its size.</summary>
    internal const int MaxSourceLength = 128 * 1024;

    private const int MaxIdle = 64;
    private const int MaxKept = 64 * 1024;
    private readonly ConcurrentBag<ScribanContext> _idle = [];
    private readonly ConcurrentBag<StringBuilder> _outputs = [];

    /// <summary>Parses one part of a template.</summary>
    /// <returns>The parsed part, or null when <paramref name="faults"/> got a reason.</returns>
    public static ParsedPart? Parse(string source, PartOrigin origin, ICollection<TemplateFault> faults)
    {
        if (source.Length > MaxSourceLength)
        {
            faults.Add(origin.Fault(0, 0, string.Create(CultureInfo.InvariantCulture, $"more than {MaxSourceLength} characters. Make the template shorter.")));
            return null;
        }

        var template = Template.Parse(source);
        foreach (var message in template.Messages)
        {
            faults.Add(origin.Fault(message.Span.Start.Line, message.Span.Start.Column, $"{message.Message.TrimEnd('.')}. Correct the syntax."));
        }

        return template.HasErrors ? null : new ParsedPart(template, origin);
    }

    /// <summary>Names every variable, member and function that does not exist, in branches that are never taken as well.</summary>
    public static void Lint(ParsedPart part, Shape model, ICollection<TemplateFault> faults) =>
        new ScribanLint(model, part.Origin, faults).Check(part.Template.Page!);

    /// <summary>Begins to render the parts of one message with one model.</summary>
    /// <param name="model">The values.</param>
    /// <param name="culture">Numbers and letters follow it.</param>
    /// <param name="asked">Collects the values that the templates look at, as paths such as <c>delay.certainty</c>.</param>
    public Session Open(TemplateModel model, CultureInfo culture, HashSet<string> asked) => new(this, model, culture, asked);

    /// <summary>A parsed part of a template.</summary>
    internal sealed class ParsedPart(Template template, PartOrigin origin)
    {
        public Template Template => template;

        public PartOrigin Origin => origin;

        /// <summary>What it does, or null where only Scriban itself can tell.</summary>
        public ScribanProgram? Program { get; } = ScribanProgram.Of(template.Page!);
    }

    /// <summary>Renders the parts of one message, one after the other.</summary>
    internal sealed class Session(ScribanRenderer renderer, TemplateModel model, CultureInfo culture, HashSet<string> asked) : IDisposable
    {
        private const int UsualLength = 4096;
        private ScribanContext? _context;
        private StringBuilder? _output = renderer._outputs.TryTake(out var idle) ? idle : new StringBuilder(UsualLength);

        /// <summary>Renders one part; a template that runs into a limit fails, and is never cut.</summary>
        public Rendered Render(ParsedPart part, bool escapesHtml)
        {
            try
            {
                return new Rendered(part.Program is { } program ? Run(program, escapesHtml) : Evaluate(part.Template, escapesHtml), null);
            }
            catch (ScriptRuntimeException exception)
            {
                // It stopped in the middle of something; its state is not to be trusted.
                _context = null;
                var limit = Limit(exception);
                var start = exception.Span.Start;
                return new Rendered(
                    null,
                    part.Origin.Fault(start.Line, start.Column, limit ?? "the template could not be rendered here. Simplify the expression.")
                );
            }
        }

        public void Dispose()
        {
            if (_context is { } context && renderer._idle.Count < MaxIdle)
            {
                context.Forget();
                renderer._idle.Add(context);
            }

            if (_output is { Capacity: < MaxKept } output && renderer._outputs.Count < MaxIdle)
            {
                renderer._outputs.Add(output);
            }

            (_context, _output) = (null, null);
        }

        private string Run(ScribanProgram program, bool escapesHtml)
        {
            var output = (_output ??= new StringBuilder(UsualLength)).Clear();
            program.Run(new TemplateRun(model, asked, culture, escapesHtml, program.Variables, output));
            return output.ToString();
        }

        private string Evaluate(Template template, bool escapesHtml)
        {
            _context ??= renderer._idle.TryTake(out var idle) ? idle : new ScribanContext();
            return _context.Render(template, ScribanModel.Of(model, asked), culture, escapesHtml);
        }

        // Scriban's other messages can quote values, and a failure must not carry personal data.
        private static string? Limit(ScriptRuntimeException exception) =>
            exception is TemplateLimitException || exception.OriginalMessage.Contains("imit", StringComparison.Ordinal)
                ? $"{exception.OriginalMessage.TrimEnd('.')}. Make the template simpler."
                : null;
    }
}

/// <summary>What came of rendering a part: a text, or a fault.</summary>
internal readonly record struct Rendered(string? Text, TemplateFault? Fault);
