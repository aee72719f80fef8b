using Support.Sdk.Tickets;

namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>Finds a file among those that came or went with a ticket: an id alone opens nothing.</summary>
internal static class TicketFiles
{
    private const int AtOnce = 1000;

    public static async Task<(ContentReference File, Stream Content)?> OpenAsync(
        DeskStore store,
        TicketKey key,
        string id,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(store, key, id, cancellationToken) is { } file
        && await store.Get<IContentStore>().OpenAsync(key.Shop, file.Id, cancellationToken) is { } content
            ? (file, content)
            : null;

    private static async Task<ContentReference?> FindAsync(DeskStore store, TicketKey key, string id, CancellationToken cancellationToken)
    {
        var query = new TicketEntryQuery { Key = key, Max = AtOnce };
        while (true)
        {
            var entries = await store.Get<ITickets>().EntriesAsync(query, cancellationToken);
            if (entries.SelectMany(entry => entry.Attachments).FirstOrDefault(file => string.Equals(file.Id, id, StringComparison.Ordinal)) is { } found)
            {
                return found;
            }

            if (entries.Count < AtOnce)
            {
                return null;
            }

            query = query with { After = entries[^1].Number };
        }
    }
}
