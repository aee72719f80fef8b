using DelayReplay.Orders;
using Spectre.Console;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace DelayReplay;

/// <summary>Tells one order's story in time order: what happened, what was decided and why, what was mailed.</summary>
internal sealed class OrderTimeline(ReplayEngine engine, OrderBook book, ReplaySettings settings, IAnsiConsole console)
{
    /// <returns>False when the file has no such order.</returns>
    public async Task<bool> PrintAsync(string id, CancellationToken cancellationToken)
    {
        if (await book.FindAsync(id, cancellationToken) is not { } row)
        {
            console.Say($"There is no order \"{id}\" in {settings.Database}.");
            return false;
        }

        var entries = await EntriesAsync(row, cancellationToken);
        var promise = row.PromisedBy is { } date ? $"promised by {date:yyyy-MM-dd}" : "no promised date in the file";
        console.Say($"Order {OrderView.Shop}/{row.Id}, {promise}, in the end \"{row.Status}\". Times: {settings.Zone.Id}.");
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumns("when", "what", "detail");
        foreach (var entry in entries.OrderBy(entry => entry.At).ThenBy(entry => entry.Rank))
        {
            var local = TimeZoneInfo.ConvertTime(entry.At, settings.Zone);
            table.AddRow(
                new Text(local.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)),
                new Text(entry.What),
                new Text(entry.Detail)
            );
        }

        console.Write(table);
        return true;
    }

    private async Task<List<Entry>> EntriesAsync(OrderRow row, CancellationToken cancellationToken)
    {
        var key = new OrderKey(OrderView.Shop, row.Id);
        // A run that was stopped has not come to every event yet.
        var position = (await book.PositionAsync(cancellationToken))?.Position;
        var entries = row
            .Events.Where(known => position?.Includes(known.At, known.Step) == true)
            .Select(known => new Entry(known.At, 0, "fact", OrderView.Name(known.Step)))
            .ToList();
        if (row.PromisedBy is { } date)
        {
            entries.Add(new Entry(PromiseDate.On(date, settings.Zone.Id).EndsAt(settings.Zone), 0, "fact", "the promised day has ended"));
        }

        entries.AddRange((await engine.Orders.HistoryAsync(key, cancellationToken)).Select(Decided));
        foreach (var delivery in await engine.Deliveries.ListAsync(new DeliveryQuery { Order = key, Max = 1000 }, cancellationToken))
        {
            entries.Add(new Entry(delivery.ChangedAt, 2, "mail", Mail(delivery)));
        }

        return entries;
    }

    private static Entry Decided(Decision decision) => new(decision.At, 1, "decision", $"{decision.Verdict} {decision.Occasion}: {decision.Reason}");

    private string Mail(MessageDelivery delivery)
    {
        var file = Path.Combine(settings.Mail, delivery.Message.Id + ".eml");
        var reason = delivery.Reason is { } text ? $" ({text})" : "";
        return $"{delivery.State}{reason}: {delivery.Message.Subject}{(File.Exists(file) ? "\n" + file : "")}";
    }

    private sealed record Entry(DateTimeOffset At, int Rank, string What, string Detail);
}
