using System.Globalization;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;
using static Support.Sdk.Testing.Stores.StoreFacts;

namespace Support.Sdk.Testing.Stores;

/// <summary>The tickets that the rules are told with.</summary>
internal static class TicketFacts
{
    public static TicketKey Key(long number, string shop = "shop") => new(shop, number);

    public static Ticket Ticket(long number, string shop = "shop", DateTimeOffset? checkAt = null, DateTimeOffset? dueAt = null) =>
        new()
        {
            Key = Key(number, shop),
            Subject = "It does not fit",
            Channel = "email",
            OpenedAt = Noon,
            ChangedAt = Noon,
            OpenedBy = string.Create(CultureInfo.InvariantCulture, $"event-{number}"),
            CheckAt = checkAt,
            Clocks = dueAt is null ? [] : [Clock(dueAt.Value)],
        };

    public static TicketEntry Said(
        long number,
        string text = "It does not fit.",
        TicketEntryKind kind = TicketEntryKind.Inbound,
        string? requestId = null,
        params IReadOnlyList<ContentReference> files
    ) =>
        new()
        {
            Number = number,
            Kind = kind,
            At = Noon,
            By = kind == TicketEntryKind.Inbound ? "customer" : "bob",
            Channel = "email",
            Text = text,
            Attachments = files,
            RequestId = requestId,
        };

    public static TicketChange Change(Ticket ticket, params IReadOnlyList<TicketEntry> entries) => new() { Ticket = ticket, Entries = entries };

    /// <summary>Saves a ticket, and answers it as it is stored.</summary>
    public static async Task<Ticket> KeepAsync(this StoreUnderTest store, TicketChange change, CancellationToken cancellationToken)
    {
        Expect.List([], await store.Tickets.SaveAsync([change], cancellationToken));
        return await store.FindAsync(change.Ticket.Key, cancellationToken);
    }

    public static Task<Ticket> KeepAsync(this StoreUnderTest store, Ticket ticket, CancellationToken cancellationToken) =>
        store.KeepAsync(Change(ticket), cancellationToken);

    public static async Task<Ticket> FindAsync(this StoreUnderTest store, TicketKey key, CancellationToken cancellationToken)
    {
        var found = await store.Tickets.FindAsync([key], cancellationToken);
        Expect.Equal(1, found.Count, "tickets found under one key");
        return found[0];
    }

    public static Task<IReadOnlyList<TicketEntry>> EntriesAsync(this StoreUnderTest store, TicketKey key, CancellationToken cancellationToken) =>
        store.Tickets.EntriesAsync(new TicketEntryQuery { Key = key }, cancellationToken);

    public static async Task<IReadOnlyList<string?>> TextsAsync(this StoreUnderTest store, TicketKey key, CancellationToken cancellationToken) =>
        [.. (await store.EntriesAsync(key, cancellationToken)).Select(entry => entry.Text)];

    public static async Task<IReadOnlyList<TicketKey>> ClaimTicketsAsync(
        this StoreUnderTest store,
        DateTimeOffset now,
        CancellationToken cancellationToken,
        int max = 100,
        TimeSpan? lease = null
    ) => [.. (await store.Tickets.ClaimAsync(now, max, lease ?? Hour, cancellationToken)).Select(ticket => ticket.Key)];

    public static async Task<ContentReference> FileAsync(
        this StoreUnderTest store,
        CancellationToken cancellationToken,
        string text = "bytes",
        string name = "photo.png",
        string shop = "shop"
    )
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return await store.Contents.SaveAsync(shop, name, "image/png", content, cancellationToken);
    }

    /// <summary>What a file says, or null when there is none.</summary>
    public static async Task<string?> OpenAsync(this StoreUnderTest store, string id, CancellationToken cancellationToken, string shop = "shop")
    {
        await using var content = await store.Contents.OpenAsync(shop, id, cancellationToken);
        if (content is null)
        {
            return null;
        }

        using var reader = new StreamReader(content);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private static SlaClock Clock(DateTimeOffset dueAt) =>
        new()
        {
            Metric = SlaMetric.FirstResponse,
            State = SlaClockState.Running,
            Policy = "default",
            StartedAt = Noon,
            DueAt = dueAt,
        };
}
