using System.Data.Common;
using System.Text.Json;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Relational.Deliveries;

/// <summary>A delivery as a row.</summary>
internal static class DeliveryRow
{
    /// <summary>Addresses are compared in lower case: nobody writes to two people under one address.</summary>
    public static string Recipient(ContactPoint contactPoint) => contactPoint.Value.ToLowerInvariant();

    public static void Write(Utf8JsonWriter writer, (int Index, MessageDelivery Item) row)
    {
        var (position, delivery) = row;
        var message = delivery.Message;
        writer.WriteNumber("position", position);
        writer.WriteString("id", message.Id);
        writer.WriteString("shop", message.Shop);
        writer.WriteOptional("order_id", message.Order?.Id);
        writer.WriteString("channel", message.To.Channel);
        writer.WriteString("recipient", Recipient(message.To));
        writer.WriteNumber("state", (int)delivery.State);
        writer.WriteNumber("due_at", StoredTime.Up(delivery.DueAt));
        writer.WriteOptional("send_before", StoredTime.Up(delivery.SendBefore));
        writer.WriteNumber("attempts", delivery.Attempts);
        writer.WriteNumber("decided_at", StoredTime.Down(message.DecidedAt));
        writer.WriteNumber("changed_at", StoredTime.Down(delivery.ChangedAt));
        writer.WriteOptional("reason", delivery.Reason);
        writer.WriteOptional("provider_id", delivery.ProviderId);
        writer.WriteString("body", SupportJson.Write(message));
    }

    public static MessageDelivery Read(DbDataReader row) =>
        new()
        {
            Message = SupportJson.ReadMessage(row.GetString(0)),
            State = State(row, 1),
            DueAt = row.Time(2),
            SendBefore = row.TimeOrNull(3),
            Attempts = row.GetInt32(4),
            ChangedAt = row.Time(5),
            Reason = row.TextOrNull(6),
            ProviderId = row.TextOrNull(7),
            LeaseToken = row.GetInt64(8),
        };

    public static DeliveryState State(DbDataReader row, int column) => (DeliveryState)row.GetInt32(column);
}
