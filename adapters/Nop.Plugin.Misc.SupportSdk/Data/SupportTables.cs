using Nop.Data.Mapping;

namespace Nop.Plugin.Misc.SupportSdk.Data;

/// <summary>What our tables are called, so that nobody else's are called the same.</summary>
internal sealed class SupportTables : INameCompatibility
{
    public Dictionary<Type, string> TableNames { get; } =
        new() { [typeof(OrderTransit)] = "Support_OrderTransit", [typeof(QueuedDelivery)] = "Support_QueuedDelivery" };

    public Dictionary<(Type, string), string> ColumnName { get; } = [];
}
