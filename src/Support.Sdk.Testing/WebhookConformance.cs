using Support.Sdk.Testing.Webhooks;

namespace Support.Sdk.Testing;

/// <summary>The contract of <see cref="Support.Sdk.Webhooks.IWebhook"/> as a suite that every test framework can run.</summary>
/// <remarks>Nothing is sent and nothing is kept: the suite signs requests as a sender would, spoils them, and looks at the readings.</remarks>
public static class WebhookConformance
{
    /// <summary>Every rule, for a theory that shows each of them.</summary>
    public static IReadOnlyList<WebhookRule> Rules { get; } = [.. GenuineRules.All, .. ForgedRules.All, .. MalformedRules.All];

    /// <summary>Checks every rule.</summary>
    /// <param name="webhook">The webhook, and how its sender signs.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="ConformanceException">At least one rule is broken; the message lists all of them, and what to do.</exception>
    public static Task CheckAsync(WebhookUnderTest webhook, CancellationToken cancellationToken = default) =>
        Conformance.CheckAllAsync(Rules.Select(rule => (Func<Task>)(() => rule.CheckAsync(webhook, cancellationToken))));
}

/// <summary>One rule of the contract.</summary>
public sealed record WebhookRule
{
    private readonly Func<WebhookProbe, Task> _check;

    internal WebhookRule(string name, Func<WebhookProbe, Task> check)
    {
        Name = name;
        _check = check;
    }

    /// <summary>The rule as a sentence.</summary>
    public string Name { get; }

    /// <summary>Checks the rule.</summary>
    /// <param name="webhook">The webhook, and how its sender signs.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="ConformanceException">The rule is broken; the message says what to do.</exception>
    public async Task CheckAsync(WebhookUnderTest webhook, CancellationToken cancellationToken = default)
    {
        try
        {
            await _check(new WebhookProbe(webhook, cancellationToken));
        }
        catch (ConformanceException exception)
        {
            throw new ConformanceException($"{webhook.Webhook.GetType().Name}: {Name}. {exception.Message}", exception.InnerException ?? exception);
        }
    }

    /// <summary>Returns the rule as a sentence.</summary>
    public override string ToString() => Name;
}
