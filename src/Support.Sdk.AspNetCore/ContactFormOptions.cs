namespace Support.Sdk.AspNetCore;

/// <summary>How much may be written through the contact form and the ticket pages, bound from <c>Support:Contact</c> and checked at the start.</summary>
/// <remarks>
/// Addresses are those of the connections; an IPv6 address counts with all of its /64. Behind a proxy call <c>UseForwardedHeaders()</c>,
/// or every customer has the proxy's address. The numbers are kept in memory: each process counts for itself.
/// </remarks>
public sealed class ContactFormOptions
{
    /// <summary>How many messages one address may send at once; 1 to 1,000. Default: 5.</summary>
    public int MessagesPerAddress { get; set; } = 5;

    /// <summary>How long until an address that sent them may send as many again; room for one comes after an equal part of it. 1 second to 1 day. Default: 10 minutes.</summary>
    public TimeSpan AddressWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many messages all addresses together may send to one shop in a minute; 1 to 10,000. Default: 60.</summary>
    public int MessagesPerShopAndMinute { get; set; } = 60;

    /// <summary>
    /// The markup that an <see cref="IContactGuard"/> needs in the form, such as a captcha's, put above the button as it is; or null.
    /// What its fields say comes in <see cref="ContactAttempt.Fields"/>.
    /// </summary>
    public string? WidgetHtml { get; set; }

    /// <summary>
    /// The hosts (<c>https://challenges.example.com</c>) that may run script, frames and requests on the form for <see cref="WidgetHtml"/>.
    /// Default: none, the pages run no script.
    /// </summary>
    public IList<string> WidgetHosts { get; } = [];
}
