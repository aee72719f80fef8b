namespace DelayReplay.Orders;

/// <summary>Chance that comes out the same on every machine and in every version of .NET (SplitMix64).</summary>
internal sealed class Dice(int seed)
{
    private ulong _state = (ulong)seed;

    /// <summary>At least 0, below 1.</summary>
    public double Roll()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) / (double)(1UL << 53);
    }

    public bool Chance(double probability) => Roll() < probability;

    /// <summary>From the first number to the last, both included.</summary>
    public int Between(int first, int last) => first + (int)(Roll() * (last - first + 1));

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Between(0, choices.Count - 1)];

    /// <summary>Log-normal, as handling and transit times are: most near the median, a few very long.</summary>
    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Math.Sqrt(-2 * Math.Log(1 - Roll())) * Math.Cos(2 * Math.PI * Roll()));
}
