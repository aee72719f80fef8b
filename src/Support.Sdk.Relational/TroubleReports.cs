using Support.Sdk.Deliveries;
using Support.Sdk.Intake;

namespace Support.Sdk.Relational;

/// <summary>Reports messages that need a person as events of the outbox, in the transaction that makes them so.</summary>
internal sealed class TroubleReports(SqlDialect dialect)
{
    private readonly InboxAppend _append = InboxAppend.Of(dialect);

    /// <summary>True for a state that somebody has to look at.</summary>
    public static bool Is(DeliveryState state) =>
        state is DeliveryState.Bounced or DeliveryState.Failed or DeliveryState.Rejected or DeliveryState.Held or DeliveryState.InDoubt;

    /// <summary>Reports those of the messages that are in trouble, each once for a state.</summary>
    public async Task ReportAsync(SqlSession session, IEnumerable<DeliveryTrouble> messages, CancellationToken cancellationToken)
    {
        var entries = messages.Where(message => Is(message.State)).Select(Entry).ToList();
        if (entries.Count > 0)
        {
            await _append.RunAsync(session, entries, cancellationToken);
        }
    }

    private static InboxEntry Entry(DeliveryTrouble message)
    {
        var trouble = message with { Source = DeliveryTrouble.Reporter, EventId = $"{message.DeliveryId}:{message.State}" };
        return new InboxEntry
        {
            Source = trouble.Source,
            EventId = trouble.EventId,
            Shop = trouble.Shop,
            Body = SupportJson.Write(trouble),
            ReceivedAt = trouble.At,
        };
    }
}
