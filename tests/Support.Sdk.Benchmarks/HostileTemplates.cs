using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Support.Sdk.Templates;

namespace Support.Sdk.Benchmarks;

/// <summary>How long templates run that were written to hurt, and how much memory they take, before they are stopped.</summary>
internal static class HostileTemplates
{
    private const double MaxMilliseconds = 500;
    private const double MaxMegabytes = 64;

    private static readonly (string Name, string Source)[] Known =
    [
        ("loops for ever", "{{ while true }}{{ end }}"),
        ("counts to a thousand million", "{{ for i in 1..1000000000 }}{{ end }}"),
        ("loops in loops", "{{ for a in items }}{{ for b in items }}{{ for c in items }}{{ c.name }}{{ end }}{{ end }}{{ end }}"),
        ("calls itself", "{{ func f }}{{ f }}{{ end }}{{ f }}"),
        ("calls itself twice", "{{ func f }}{{ f }}{{ f }}{{ end }}{{ f }}"),
        ("doubles a text", "{{ x = 'xxxxxxxx' }}{{ for i in items }}{{ x = x + x }}{{ end }}"),
        ("repeats a text", "{{ 'x' * 2000000000 }}"),
        ("makes long texts again and again", "{{ x = 'x' * 16000 }}{{ for i in items }}{{ y = x | string.upcase }}{{ z = y | string.downcase }}{{ end }}"),
        ("prints a long text again and again", "{{ x = 'x' * 16000 }}{{ for i in items }}{{ x }}{{ end }}"),
        ("grows a list in itself", "{{ x = [] }}{{ while true }}{{ x = x + [x] }}{{ end }}"),
        ("matches a regex for ever", "{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regex.match '^(a+)+$' }}"),
    ];

    public static int Report()
    {
        var table = new Table().AddColumns("a template that", "ms", "MB");
        var (slowest, largest) = (0.0, 0.0);
        foreach (var (name, source) in Known)
        {
            Run(source);
            var (milliseconds, megabytes) = Run(source);
            (slowest, largest) = (Math.Max(slowest, milliseconds), Math.Max(largest, megabytes));
            table.AddRow(name, Text(milliseconds), Text(megabytes));
        }

        AnsiConsole.Write(table);
        var passed = slowest <= MaxMilliseconds && largest <= MaxMegabytes;
        AnsiConsole.MarkupLine($"{(passed ? "PASS" : "MISSED")}: at most {Text(slowest)} ms (500) and {Text(largest)} MB (64).");
        return passed ? 0 : 1;
    }

    private static (double Milliseconds, double Megabytes) Run(string source)
    {
        var items = Enumerable.Range(0, 1000).Select(_ => new TemplateModel { ["name"] = new string('n', 100) }).ToList<object>();
        var values = new TemplateModel { ["items"] = items };
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var part = ScribanRenderer.Parse(source, new PartOrigin("hostile"), [])!;
        using var session = new ScribanRenderer().Open(values, CultureInfo.InvariantCulture, []);
        var rendered = session.Render(part, escapesHtml: true);
        var (time, bytes) = (watch.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
        return rendered.Fault is null ? throw new InvalidOperationException($"Nothing stopped {source}") : (time.TotalMilliseconds, bytes / 1024.0 / 1024);
    }

    private static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
