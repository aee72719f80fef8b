using FluentMigrator;
using FluentMigrator.Builders.Create.Table;
using Nop.Core;
using Nop.Data.Extensions;
using Nop.Data.Mapping.Builders;
using Nop.Data.Migrations;

namespace Nop.Plugin.Misc.SupportSdk.Data;

/// <summary>Which row of the shop's mail queue carries a delivery. It is why a delivery is queued once, however often it is handed over.</summary>
public sealed class QueuedDelivery : BaseEntity
{
    /// <summary>The delivery.</summary>
    public string DeliveryId { get; set; } = "";

    /// <summary>The row of the queue.</summary>
    public int QueuedEmailId { get; set; }

    /// <summary>The store in whose name it is sent.</summary>
    public int StoreId { get; set; }

    /// <summary>The file that goes with it, or null; it is kept until the mail was sent.</summary>
    public int? DownloadId { get; set; }

    /// <summary>When it was queued.</summary>
    public DateTime CreatedOnUtc { get; set; }

    /// <summary>When it was known what became of it, or null while nobody knows.</summary>
    public DateTime? SettledOnUtc { get; set; }

    /// <summary>How far the two rows of one mail can lie apart: databases differ in the parts of a second that they keep.</summary>
    internal static TimeSpan Precision { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether the row that has our number is ours: a shop may empty its queue and number it anew.</summary>
    internal bool IsQueuedOn(DateTime createdOnUtc) => (createdOnUtc - CreatedOnUtc).Duration() <= Precision;
}

/// <summary>The columns that do not follow from their types alone.</summary>
public sealed class QueuedDeliveryBuilder : NopEntityBuilder<QueuedDelivery>
{
    // The engine's ids are shorter.
    private const int MaxId = 200;

    /// <inheritdoc/>
    public override void MapEntity(CreateTableExpressionBuilder table) =>
        table
            .WithColumn(nameof(QueuedDelivery.DeliveryId))
            .AsString(MaxId)
            .NotNullable()
            .Unique()
            .WithColumn(nameof(QueuedDelivery.SettledOnUtc))
            .AsNopDateTime2()
            .Nullable()
            .Indexed();
}

/// <summary>Makes the table, and drops it when the plugin is uninstalled.</summary>
[NopMigration("2026/11/26 12:10:00:0000000", "Misc.SupportSdk: queued deliveries", MigrationProcessType.Installation)]
public sealed class QueuedDeliveryMigration : AutoReversingMigration
{
    /// <inheritdoc/>
    public override void Up() => Create.TableFor<QueuedDelivery>();
}
