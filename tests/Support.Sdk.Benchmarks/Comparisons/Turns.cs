namespace Support.Sdk.Benchmarks.Comparisons;

/// <summary>Lets the sides take turns within each round, so that a noisy machine disturbs all alike; every other round goes backwards.</summary>
internal static class Turns
{
    /// <summary>How many rounds do not count: the runtime compiles what is hot twice, on two cores beside the work, and a server runs for weeks after that.</summary>
    public const int WarmUp = 10;

    /// <summary>The median of each side; the rounds in which code is compiled and plans are made are not counted.</summary>
    public static async Task<double[]> MediansAsync(int rounds, IReadOnlyList<Func<Task<double>>> sides, Func<Task>? before = null, int warmUp = WarmUp)
    {
        var values = sides.Select(_ => new List<double>(rounds)).ToList();
        for (var round = -warmUp; round < rounds; round++)
        {
            for (var turn = 0; turn < sides.Count; turn++)
            {
                var side = round % 2 == 0 ? turn : sides.Count - 1 - turn;
                await (before?.Invoke() ?? Task.CompletedTask);
                var value = await sides[side]();
                if (round >= 0)
                {
                    values[side].Add(value);
                }
            }
        }

        return [.. values.Select(Median)];
    }

    public static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
