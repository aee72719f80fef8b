using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore;

/// <summary>Decides whether a message from the contact form is taken: a captcha, a list of words. None is registered by default.</summary>
/// <remarks>
/// <para>
/// Register as many as needed as singletons; the first that refuses counts. They are asked after the honeypot, the time that a form takes
/// and the limits of <see cref="ContactFormOptions"/> let the message pass, at most once a message, and not for answers on a ticket's
/// page, whose link is proof enough. Called from many threads.
/// </para>
/// <para>An exception lets the message pass, and is logged: customers do not wait for a provider that is down.</para>
/// </remarks>
public interface IContactGuard
{
    /// <summary>Looks at a message.</summary>
    /// <param name="attempt">What was sent.</param>
    /// <param name="cancellationToken">The sender has gone.</param>
    /// <returns>Null to take it, or a sentence for the customer that says what to do; the form is then shown again with it.</returns>
    Task<string?> CheckAsync(ContactAttempt attempt, CancellationToken cancellationToken = default);
}

/// <summary>A message that somebody tries to send through the contact form.</summary>
public sealed record ContactAttempt
{
    /// <summary>The message as it would be accepted, without its files.</summary>
    public required InboundMessage Message { get; init; }

    /// <summary>Every field that was sent, by its name: also those that a widget added, such as a captcha's answer.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <summary>The address of the connection, or null when there is none.</summary>
    public string? Address { get; init; }

    /// <summary>The culture of the page (<c>en</c> or <c>sv</c>, with or without a country), for the sentence.</summary>
    public required string Culture { get; init; }
}
