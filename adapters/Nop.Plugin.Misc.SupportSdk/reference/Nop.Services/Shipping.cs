using Nop.Core.Domain.Shipping;
using Nop.Services.Shipping.Tracking;

namespace Nop.Services.Shipping
{
    public interface IShipmentService
    {
        Task<Shipment> GetShipmentByIdAsync(int shipmentId);

        Task<IShipmentTracker> GetShipmentTrackerAsync(Shipment shipment);
    }
}

namespace Nop.Services.Shipping.Tracking
{
    public interface IShipmentTracker
    {
        Task<string> GetUrlAsync(string trackingNumber, Shipment shipment = null);

        Task<IList<ShipmentStatusEvent>> GetShipmentEventsAsync(string trackingNumber, Shipment shipment = null);
    }

    public class ShipmentStatusEvent
    {
        public string Status { get; set; }
        public string EventName { get; set; }
        public string Location { get; set; }
        public string CountryCode { get; set; }
        public DateTime? Date { get; set; }
    }
}
