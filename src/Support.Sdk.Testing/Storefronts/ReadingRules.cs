using Support.Sdk.Orders;
using static Support.Sdk.Testing.Storefronts.StorefrontProbe;

namespace Support.Sdk.Testing.Storefronts;

/// <summary>One order is read as it stands.</summary>
internal static class ReadingRules
{
    public static IReadOnlyList<StorefrontRule> All { get; } =
    [
        new("It serves its shop and no other", ServesAsync),
        new("An order is read with what the customer ordered", PlacedAsync),
        new("An order that never was is null", UnknownAsync),
        new("A parcel is read with carrier, number and link", ShippedAsync),
        new("A second parcel leaves the first alone", SecondParcelAsync),
        new("An arrival is read", DeliveredAsync),
        new("A cancelled order is cancelled", CancelledAsync),
        new("A change moves the stamp", StampAsync),
        new("A storefront that is away is an exception and not an answer", AwayAsync),
        new("A reading that was given up ends", CancellationAsync),
    ];

    private static Task ServesAsync(StorefrontProbe probe)
    {
        Require(probe.Target.Source.Serves(probe.Target.Shop), $"Serves(\"{probe.Target.Shop}\") is false. Compare with the shops that are set up.");
        Require(!probe.Target.Source.Serves($"not-{probe.Target.Shop}"), "Serves() is true for a shop that is not set up. Its orders would be asked for here.");
        return Task.CompletedTask;
    }

    private static async Task PlacedAsync(StorefrontProbe probe)
    {
        var key = await probe.PlaceAsync();
        var order = await probe.ReadAsync(key);
        Require(order.Key == key, $"The key is {order.Key} instead of {key}. Keep ids as the texts that they are: numbers beyond 2^53 lose digits.");
        Require(order.Status == OrderStatus.Open, $"A new order is {order.Status} ({order.RawStatus}). Map it to Open.");
        Require(
            order.Items is [{ Name: "Teapot, blue", Quantity: 2 }],
            $"Two of 'Teapot, blue' were ordered, and {order.Items.Count} lines were read. Map name and quantity of every line."
        );
        Require(
            order.Customer.ContactPoints.Contains(new ContactPoint("email", "ada@example.com")),
            "The customer's address is missing. Give it as a contact point of the channel email."
        );
        Require(order.DestinationCountry is "SE", $"The destination is '{order.DestinationCountry}'. Give the code of ISO 3166-1, SE.");
        Require(order.PlacedAt != default, "PlacedAt is not set.");
    }

    private static async Task UnknownAsync(StorefrontProbe probe)
    {
        foreach (var id in (string[])["999999999999999999", "no such order", "../orders"])
        {
            var order = await probe.Target.Source.FindAsync(new OrderKey(probe.Target.Shop, id), probe.CancellationToken);
            Require(order is null, $"FindAsync gave an order for the id '{id}'. Give null for what the storefront does not know.");
        }
    }

    private static async Task ShippedAsync(StorefrontProbe probe)
    {
        var key = await probe.PlaceAsync();
        await probe.ShipAsync(key, "SE1");
        var order = await probe.ReadAsync(key);
        Require(
            order.Shipments is [{ Carrier: "PostNord", TrackingNumber: "SE1", TrackingUrl: not null, ShippedAt: not null }],
            $"One parcel of PostNord with the number SE1 was shipped, and {order.Shipments.Count} were read, or without carrier, number, link or ShippedAt."
        );
        Require(order.Status == OrderStatus.Open, $"An order on its way is {order.Status}. It is Open until it has arrived: lateness is still judged.");
    }

    private static async Task SecondParcelAsync(StorefrontProbe probe)
    {
        var key = await probe.PlaceAsync();
        await probe.ShipAsync(key, "SE1");
        await probe.ShipAsync(key, "SE2");
        var numbers = (await probe.ReadAsync(key)).Shipments.Select(shipment => shipment.TrackingNumber).Order(StringComparer.Ordinal);
        Require(numbers.SequenceEqual(["SE1", "SE2"], StringComparer.Ordinal), $"Two parcels were shipped, and {string.Join(" and ", numbers)} were read.");
        var ids = (await probe.ReadAsync(key)).Shipments.Select(shipment => shipment.Id).Distinct(StringComparer.Ordinal);
        Require(ids.Count() == 2, "Two parcels have one id. Give each the id that the storefront gave it.");
    }

    private static async Task DeliveredAsync(StorefrontProbe probe)
    {
        if (probe.Target.DeliverAsync is not { } deliver)
        {
            return;
        }

        var key = await probe.PlaceAsync();
        await probe.ShipAsync(key, "SE1");
        await deliver(key.Id, "SE1", probe.CancellationToken);
        var parcel = (await probe.ReadAsync(key)).Shipments.Single();
        Require(
            parcel.DeliveredAt is not null || parcel.Events.Any(scan => scan.Status == TrackingStatus.Delivered),
            "The parcel arrived, and neither DeliveredAt nor a scan says so."
        );
    }

    private static async Task CancelledAsync(StorefrontProbe probe)
    {
        var key = await probe.PlaceAsync();
        await probe.Target.CancelAsync(key.Id, probe.CancellationToken);
        var order = await probe.ReadAsync(key);
        Require(order.Status == OrderStatus.Cancelled, $"A cancelled order is {order.Status} ({order.RawStatus}). Its customer would be told of delays.");
    }

    private static async Task StampAsync(StorefrontProbe probe)
    {
        var key = await probe.PlaceAsync();
        var before = Stamp(await probe.ReadAsync(key));
        await probe.Target.CancelAsync(key.Id, probe.CancellationToken);
        Require(Stamp(await probe.ReadAsync(key)) >= before, "The stamp went back with a change. Map the stamp of the last change, not that of the order.");
    }

    private static async Task AwayAsync(StorefrontProbe probe)
    {
        if (probe.Target.TakeAwayAsync is not { } takeAway)
        {
            return;
        }

        var key = await probe.PlaceAsync();
        await takeAway(true);
        try
        {
            var order = await probe.Target.Source.FindAsync(key, probe.CancellationToken);
            throw new ConformanceException(
                $"FindAsync gave {(order is null ? "null, which mutes the order for ever" : "an order")}. Throw when the storefront cannot be reached."
            );
        }
        catch (Exception exception) when (exception is not ConformanceException)
        {
            // As it should be.
        }
        finally
        {
            await takeAway(false);
        }
    }

    private static async Task CancellationAsync(StorefrontProbe probe)
    {
        var key = await probe.PlaceAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        try
        {
            await probe.Target.Source.FindAsync(key, cancelled.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        throw new ConformanceException("FindAsync answered although it was given up. Pass the token on.");
    }
}
