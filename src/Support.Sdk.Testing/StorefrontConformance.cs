using Support.Sdk.Testing.Storefronts;

namespace Support.Sdk.Testing;

/// <summary>The contract of a storefront adapter (<see cref="Orders.IOrderSource"/>, <see cref="Orders.IOrderWriteBack"/>) as a suite that every test framework can run.</summary>
/// <remarks>It places, ships and cancels orders of its own at a test shop, or at a server that stands in for one, and reads them through the adapter.</remarks>
public static class StorefrontConformance
{
    /// <summary>Every rule, for a theory that shows each of them.</summary>
    public static IReadOnlyList<StorefrontRule> Rules { get; } = [.. ReadingRules.All, .. ListingRules.All, .. WriteBackRules.All];

    /// <summary>Checks every rule, one after the other.</summary>
    /// <param name="storefront">The adapter, and how orders come to be at its storefront.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="ConformanceException">At least one rule is broken; the message lists all of them, and what to do.</exception>
    public static Task CheckAsync(StorefrontUnderTest storefront, CancellationToken cancellationToken = default) =>
        Conformance.CheckAllAsync(Rules.Select(rule => (Func<Task>)(() => rule.CheckAsync(storefront, cancellationToken))));
}

/// <summary>One rule of the contract.</summary>
public sealed record StorefrontRule
{
    private readonly Func<StorefrontProbe, Task> _check;

    internal StorefrontRule(string name, Func<StorefrontProbe, Task> check)
    {
        Name = name;
        _check = check;
    }

    /// <summary>The rule as a sentence.</summary>
    public string Name { get; }

    /// <summary>Checks the rule.</summary>
    /// <param name="storefront">The adapter, and how orders come to be at its storefront.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="ConformanceException">The rule is broken; the message says what to do.</exception>
    public async Task CheckAsync(StorefrontUnderTest storefront, CancellationToken cancellationToken = default)
    {
        try
        {
            await _check(new StorefrontProbe(storefront, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            throw new ConformanceException($"{storefront.Source.GetType().Name}: {Name}. {exception.Message}", exception);
        }
    }

    /// <summary>Returns the rule as a sentence.</summary>
    public override string ToString() => Name;
}
