using System.Globalization;
using Support.Sdk.Links;
using Support.Sdk.Sweep;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>Where the customers' pages are, below the store's address. The engine's links name the same places.</summary>
internal static class Pages
{
    public const string Orders = "support/orders";
    public const string Contact = "support/contact";
    public const string Tickets = "support/tickets";
    public const string Preferences = "support/preferences";
    public const string Returns = "support/returns";

    public static string ContactAbout(int orderId) => string.Create(CultureInfo.InvariantCulture, $"~/{Contact}?order={orderId}");

    public static string ContactByLink(string token) => $"~/{Contact}/order/{token}";

    public static string Ticket(long number) => string.Create(CultureInfo.InvariantCulture, $"~/{Tickets}/{number}");

    public static string TicketByLink(string token) => $"~/{Tickets}/{token}";

    public static string Label(int returnId) => string.Create(CultureInfo.InvariantCulture, $"~/{Returns}/{returnId}/label");

    /// <summary>What seals links.</summary>
    public static async ValueTask<LinkSeal> SealAsync(this Engine.SupportEngine engine, CancellationToken cancellationToken) =>
        (await engine.Get<SupportStart>().EnsureAsync(cancellationToken)).Links;

    /// <summary>What seals forms.</summary>
    public static async ValueTask<FormSeal> FormsAsync(this Engine.SupportEngine engine, CancellationToken cancellationToken) =>
        (await engine.Get<SupportStart>().EnsureAsync(cancellationToken)).Forms;
}
