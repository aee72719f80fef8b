using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.ContactForms;

/// <summary>What a message can be about, as it is written in links and forms.</summary>
internal static class ContactKinds
{
    public const string Cancel = "cancel";

    private static readonly (string Value, TicketKind Kind)[] All =
    [
        ("question", TicketKind.Question),
        ("orderProblem", TicketKind.OrderProblem),
        ("return", TicketKind.Return),
        ("review", TicketKind.Review),
        ("other", TicketKind.Other),
    ];

    /// <summary>The choices, in the order of the form. About an order that is known, nobody asks before buying.</summary>
    public static IReadOnlyList<string> Of(bool isAboutOrder) =>
        isAboutOrder ? ["orderProblem", "return", Cancel, "review", "other"] : [.. All.Select(one => one.Value)];

    /// <summary>The choice as it is written, or null when it is none.</summary>
    public static string? Find(string? typed, bool isAboutOrder) =>
        Of(isAboutOrder).FirstOrDefault(value => string.Equals(value, typed?.Trim(), StringComparison.OrdinalIgnoreCase));

    public static TicketKind Kind(string value) =>
        Array.Find(All, one => string.Equals(one.Value, value, StringComparison.Ordinal)) is { Value: not null } found ? found.Kind : TicketKind.OrderProblem;
}
