using System.CommandLine;
using DelayReplay.Orders;

namespace DelayReplay;

/// <summary>Writes the file of orders that comes with the sample; for those who change the generator.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "Where to write." };
        var rows = new Option<int>("--rows") { Description = "How many orders.", DefaultValueFactory = _ => OrderGenerator.DefaultRows };
        var seed = new Option<int>("--seed") { Description = "The same seed makes the same file.", DefaultValueFactory = _ => OrderGenerator.DefaultSeed };
        var command = new Command("generate", "Writes a file of made-up orders.") { file, rows, seed };
        command.Hidden = true;
        command.SetAction(
            (parsed, token) => File.WriteAllTextAsync(parsed.GetRequiredValue(file), OrderGenerator.Write(parsed.GetValue(rows), parsed.GetValue(seed)), token)
        );
        return command;
    }
}
