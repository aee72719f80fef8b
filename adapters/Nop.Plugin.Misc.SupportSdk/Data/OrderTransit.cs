using FluentMigrator;
using Nop.Core;
using Nop.Data.Extensions;
using Nop.Data.Migrations;

namespace Nop.Plugin.Misc.SupportSdk.Data;

/// <summary>How long the way of an order takes: the shop knows it at the checkout only.</summary>
public sealed class OrderTransit : BaseEntity
{
    /// <summary>The order.</summary>
    public int OrderId { get; set; }

    /// <summary>The days that the chosen shipping option named.</summary>
    public int Days { get; set; }
}

/// <summary>Makes the table, and drops it when the plugin is uninstalled.</summary>
[NopMigration("2026/11/26 12:00:00:0000000", "Misc.SupportSdk: transit days", MigrationProcessType.Installation)]
public sealed class OrderTransitMigration : AutoReversingMigration
{
    /// <inheritdoc/>
    public override void Up() => Create.TableFor<OrderTransit>();
}
