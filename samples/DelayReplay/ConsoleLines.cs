using Spectre.Console;

namespace DelayReplay;

/// <summary>Writes plain lines: markup in an order id is text, and a long path is not broken in two.</summary>
internal static class ConsoleLines
{
    public static void Say(this IAnsiConsole console, string line) => console.Profile.Out.Writer.WriteLine(line);
}
