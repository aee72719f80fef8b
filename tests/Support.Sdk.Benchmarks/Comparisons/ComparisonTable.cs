using System.Globalization;
using Spectre.Console;

namespace Support.Sdk.Benchmarks.Comparisons;

/// <summary>Rates of one run beside each other, each with what ours must be against it.</summary>
internal sealed class ComparisonTable(string what, string unit, double ours)
{
    private readonly Table _table = new Table().AddColumns(what, unit, "ours against it", "must", "aim", "");
    private readonly List<string> _notes = [];

    public bool IsMet { get; private set; } = true;

    public ComparisonTable Ours(string name = "Support.Sdk")
    {
        _table.AddRow(Markup.Escape(name), Rate(ours));
        return this;
    }

    public ComparisonTable Add(string name, double rate, Goal? goal)
    {
        var ratio = ours / rate;
        if (goal is null)
        {
            _table.AddRow(Markup.Escape(name), Rate(rate), string.Create(CultureInfo.InvariantCulture, $"{ratio:F2} ×"));
            return this;
        }

        var isMet = goal.IsMet(ratio);
        IsMet &= isMet;
        _table.AddRow(
            Markup.Escape(name),
            Rate(rate),
            goal.Write(ratio),
            goal.Write(goal.Must),
            goal.Write(goal.Aim),
            isMet ? "[green]PASS[/]" : "[red]MISSED[/]"
        );
        return this;
    }

    /// <summary>A side that could not take part.</summary>
    public ComparisonTable Absent(string name, string reason)
    {
        _table.AddRow(Markup.Escape(name), "–");
        return Note($"{name} is missing: {reason}");
    }

    public ComparisonTable Note(string note)
    {
        _notes.Add(note);
        return this;
    }

    public void Print()
    {
        AnsiConsole.Write(_table);
        foreach (var note in _notes)
        {
            AnsiConsole.MarkupLine($"[grey]{Markup.Escape(note)}[/]");
        }
    }

    private static string Rate(double rate) => rate.ToString(rate < 100 ? "N1" : "N0", CultureInfo.InvariantCulture);
}
