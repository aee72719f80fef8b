using Spectre.Console;

namespace DelayReplay.Figures;

/// <summary>The closing table.</summary>
internal static class FiguresTable
{
    public static void Print(IAnsiConsole console, ReplayFigures figures)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn("figure");
        table.AddColumn(new TableColumn("value").RightAligned());
        table.AddColumn("meaning");
        foreach (var (name, value, meaning) in FigureWords.Of(figures))
        {
            table.AddRow(new Text(name), new Text(value), new Text(meaning));
        }

        console.Write(table);
    }
}
