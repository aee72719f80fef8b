namespace Support.Sdk.Testing;

/// <summary>The contract of <see cref="Deliveries.IChannel"/> as a suite that every test framework can run.</summary>
/// <remarks>
/// Messages have new ids at every run, so a provider's sandbox may keep what it got. The suite sends about twenty messages, and
/// then as many at once as <see cref="Deliveries.ChannelTraits.Parallelism"/> says.
/// </remarks>
public static class ChannelConformance
{
    /// <summary>Every rule, for a theory that shows each of them.</summary>
    public static IReadOnlyList<ChannelRule> Rules { get; } =
    [
        new("The name is a lower-case token", ChannelRules.NameAsync),
        new("The traits are in range", ChannelRules.TraitsAsync),
        new("A good message is accepted", ChannelRules.GoodMessageAsync),
        new("The same message twice reaches the provider once, when the channel is idempotent", ChannelRules.IdempotentAsync),
        new("Messages sent at the same time all arrive", ChannelRules.ParallelAsync),
        new("Hostile text is text", ChannelRules.HostileTextAsync),
        new("A very long text is an answer", ChannelRules.LongTextAsync),
        new("An impossible address is rejected", ChannelRules.ImpossibleAddressAsync),
        new("A cancelled message is not sent", ChannelRules.CancelledAsync),
        new("No reason tells the address", ChannelRules.ReasonsAsync),
    ];

    /// <summary>Checks every rule.</summary>
    /// <param name="channel">The channel, and what the suite needs to know about it.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="ConformanceException">At least one rule is broken; the message lists all of them, and what to do.</exception>
    public static Task CheckAsync(ChannelUnderTest channel, CancellationToken cancellationToken = default) =>
        Conformance.CheckAllAsync(Rules.Select(rule => (Func<Task>)(() => rule.CheckAsync(channel, cancellationToken))));
}

/// <summary>One rule of the contract.</summary>
public sealed record ChannelRule
{
    private readonly Func<ChannelProbe, Task> _check;

    internal ChannelRule(string name, Func<ChannelProbe, Task> check)
    {
        Name = name;
        _check = check;
    }

    /// <summary>The rule as a sentence.</summary>
    public string Name { get; }

    /// <summary>Checks the rule.</summary>
    /// <param name="channel">The channel, and what the suite needs to know about it.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="ConformanceException">The rule is broken; the message says what to do.</exception>
    public async Task CheckAsync(ChannelUnderTest channel, CancellationToken cancellationToken = default)
    {
        try
        {
            await _check(new ChannelProbe(channel, cancellationToken));
        }
        catch (ConformanceException exception)
        {
            throw new ConformanceException($"{channel.Channel.GetType().Name}: {Name}. {exception.Message}", exception.InnerException ?? exception);
        }
    }

    /// <summary>Returns the rule as a sentence.</summary>
    public override string ToString() => Name;
}
