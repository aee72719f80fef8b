using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Relational;
using Support.Sdk.Tickets;

namespace Support.Sdk.Tests.Tickets;

/// <summary>The tickets of a test's database, with something that happens before each save.</summary>
internal sealed class WatchedTickets : ITicketStore
{
    private TicketStore? _store;

    /// <summary>What happens before a save; it may wait, or fail.</summary>
    public Func<IReadOnlyList<TicketChange>, Task> Saving { get; set; } = _ => Task.CompletedTask;

    public void Add(IServiceCollection services) =>
        services.AddSingleton<ITicketStore>(provider =>
        {
            _store = new TicketStore(provider.GetRequiredService<Database>());
            return this;
        });

    public async Task<IReadOnlyList<TicketKey>> SaveAsync(IReadOnlyList<TicketChange> changes, CancellationToken cancellationToken = default)
    {
        await Saving(changes);
        return await _store!.SaveAsync(changes, cancellationToken);
    }

    public Task<long> TakeNumbersAsync(string shop, int count, CancellationToken cancellationToken = default) =>
        _store!.TakeNumbersAsync(shop, count, cancellationToken);

    public Task<IReadOnlyList<Ticket>> FindAsync(IReadOnlyList<TicketKey> keys, CancellationToken cancellationToken = default) =>
        _store!.FindAsync(keys, cancellationToken);

    public Task<IReadOnlyList<Ticket>> ListAsync(TicketQuery query, CancellationToken cancellationToken = default) =>
        _store!.ListAsync(query, cancellationToken);

    public Task<IReadOnlyList<TicketEntry>> EntriesAsync(TicketEntryQuery query, CancellationToken cancellationToken = default) =>
        _store!.EntriesAsync(query, cancellationToken);

    public Task<IReadOnlyList<Ticket>> ClaimAsync(DateTimeOffset now, int max, TimeSpan lease, CancellationToken cancellationToken = default) =>
        _store!.ClaimAsync(now, max, lease, cancellationToken);
}
