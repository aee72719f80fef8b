namespace Support.Sdk.Benchmarks.Outbox;

/// <summary>The bytes that every side writes: the JSON of an order, and the JSON of a message.</summary>
internal sealed record Sample(string Order, string Message)
{
    private const string Escaped = "\"\\<>&'+`";
    private const string Plain = "~|()_^*:";

    /// <summary>The same length and the same repetitions, without a character that a JSON envelope would write longer.</summary>
    public Sample Neutral() => new(Order, string.Concat(Message.Select(Neutral)));

    private static char Neutral(char one) =>
        !char.IsAscii(one) || char.IsControl(one) ? '?'
        : Escaped.IndexOf(one, StringComparison.Ordinal) is >= 0 and var index ? Plain[index]
        : one;
}
