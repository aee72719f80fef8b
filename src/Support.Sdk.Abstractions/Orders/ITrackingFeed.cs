namespace Support.Sdk.Orders;

/// <summary>A carrier, or a service over many carriers, that can be asked where a parcel is.</summary>
/// <remarks>
/// <para>
/// The engine asks about open parcels with a tracking number, every four hours by default, one at a time for each shop; a
/// feed that fails is left in peace for a while, and delays no other shop. A service that pushes its news needs no feed:
/// accept a <see cref="ShipmentTracked"/> instead. Either way, set <see cref="Shops.Shop.RecordsScans"/> where the news covers every parcel.
/// </para>
/// <para>Register as many as there are services; of several that serve a parcel, the first one is asked. Called from several threads.</para>
/// </remarks>
public interface ITrackingFeed
{
    /// <summary>The name under which its news comes in; 1 to 100 characters.</summary>
    string Name { get; }

    /// <summary>Tells whether it can be asked about a parcel of a shop. Called often: answer from memory.</summary>
    bool Serves(string shop, Shipment shipment);

    /// <summary>Asks where a parcel is.</summary>
    /// <returns>What it knows, which is merged into what is known of the parcel; or null when it does not know the parcel (yet).</returns>
    /// <remarks>
    /// Return every scan, or those since the last one in <paramref name="shipment"/>; a repeated scan counts once. Keep the
    /// service's own word for a status in <see cref="TrackingEvent.RawStatus"/>; where it means nothing known here, the status
    /// is <see cref="TrackingStatus.Unknown"/>. Throw when the service cannot be reached.
    /// </remarks>
    Task<Shipment?> ReadAsync(string shop, Shipment shipment, CancellationToken cancellationToken = default);
}
