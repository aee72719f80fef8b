using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Support.Sdk.Relational;

namespace Support.Sdk.EntityFrameworkCore;

/// <summary>The tables of our own scripts, written as a model; a test holds the two against each other.</summary>
internal sealed class SupportTables(ModelBuilder model, bool isPostgres)
{
    private const string OpenTicket = "status IN ('New', 'Open', 'Pending', 'OnHold')";

    public void Add()
    {
        Intake();
        Orders();
        Messages();
        People();
        Tickets();
        TicketHistory();
        Customers();
        Contents();
        Shops();
    }

    private void Intake()
    {
        Table("support_settings")
            .Texts("name")
            .Bytes("value")
            .Key("name")
            .Rows(Setting("schema-version", SchemaVersion.Current), Setting("schema-oldest-reader", SchemaVersion.OldestReader));
        Table("support_inbox")
            .Counted("id")
            .Texts("source", "event_id", "shop")
            .MaybeTexts("order_id")
            .Texts("body")
            .Numbers("received_at", "due_at")
            .Zeros("lease_token", "lease_until", "attempts")
            .Texts("state")
            .MaybeTexts("reason")
            .Unique("source", "event_id")
            .Index("support_inbox_pending", "state = 'Pending'", "id")
            .Index("support_inbox_due", "state = 'Pending'", "due_at")
            .Index("support_inbox_order", "state = 'Pending'", "shop", "order_id", "id")
            .Index("support_inbox_parked", "state = 'Parked'", "state", "id")
            .Changing(fillfactor: 70);
    }

    private void Orders()
    {
        Table("support_orders")
            .Counted("id")
            .Texts("shop", "order_id")
            .Numbers("version")
            .MaybeNumbers("check_at", "refresh_at", "quiet_since")
            .Zeros("lease_until", "contacts", "contacts_version")
            .Texts("body")
            .Unique("shop", "order_id")
            .Index("support_orders_check", "check_at IS NOT NULL", "shop", "check_at")
            .Index("support_orders_refresh", "refresh_at IS NOT NULL", "shop", "refresh_at")
            .Index("support_orders_quiet", "quiet_since IS NOT NULL", "quiet_since")
            .Changing(fillfactor: 70);
        Table("support_order_contacts")
            .Texts("shop", "channel", "contact")
            .Numbers("placed_at")
            .Texts("order_id")
            .Key("shop", "channel", "contact", "placed_at", "order_id")
            .Index("support_order_contacts_order", filter: null, "shop", "order_id");
        Table("support_decisions")
            .Counted("id")
            .Texts("shop", "order_id")
            .Numbers("decided_at")
            .Texts("verdict", "occasion", "reason")
            .MaybeNumbers("until")
            .MaybeTexts("delivery_id")
            .Texts("decided_by")
            .Index("support_decisions_order", filter: null, "shop", "order_id", "decided_at");
    }

    private void Messages()
    {
        Table("support_deliveries")
            .Counted("seq")
            .Texts("id", "shop")
            .MaybeTexts("order_id")
            .Texts("occasion", "channel", "recipient")
            .Numbers("decided_at")
            .Texts("message")
            .Unique("id")
            .Index("support_deliveries_order", filter: null, "shop", "order_id", "seq")
            .Index("support_deliveries_recipient", filter: null, "shop", "channel", "recipient", "decided_at");
        Table("support_outbox")
            .Numbers("seq")
            .Texts("id", "shop")
            .MaybeTexts("order_id")
            .Texts("channel", "state")
            .Numbers("due_at")
            .MaybeNumbers("send_before")
            .Zeros("attempts")
            .Numbers("changed_at")
            .Zeros("lease_token", "lease_until")
            .MaybeTexts("reason", "provider_id")
            .Key("seq")
            .Index("support_outbox_pending", "state IN ('Pending', 'Retry')", "channel", "due_at", "seq", "shop")
            .Index("support_outbox_expiring", "send_before IS NOT NULL AND state IN ('Pending', 'Retry', 'Held')", "send_before")
            .Index("support_outbox_held", "state IN ('InDoubt', 'Held')", "seq")
            .Changing(fillfactor: 50);
    }

    private void People()
    {
        Table("support_contacts")
            .Counted("id")
            .Texts("shop", "contact_key")
            .Numbers("version")
            .MaybeNumbers("suppressed_at")
            .Texts("body")
            .Unique("shop", "contact_key")
            .Index("support_contacts_suppressed", "suppressed_at IS NOT NULL", "shop", "suppressed_at", "contact_key");
        Table("support_consents")
            .Counted("id")
            .Texts("shop", "contact_key", "purpose")
            .Numbers("granted", "said_at")
            .Texts("source")
            .MaybeTexts("recorded_by", "wording", "evidence")
            .Index("support_consents_contact", filter: null, "shop", "contact_key", "id");
        Table("support_erasures")
            .Counted("id")
            .Texts("shop")
            .Numbers("erased_at")
            .Texts("erased_by")
            .Numbers("orders", "deliveries", "events", "contacts", "tickets", "customers", "under_way")
            .Index("support_erasures_shop", filter: null, "shop", "id");
    }

    private void Tickets()
    {
        Table("support_tickets")
            .Counted("id")
            .Texts("shop")
            .Numbers("number", "version")
            .Texts("opened_by", "status", "priority", "channel", "kind")
            .MaybeTexts("team", "assignee", "customer_id")
            .MaybeNumbers("check_at", "due_at", "closed_at")
            .Zeros("lease_until", "labels", "labels_version")
            .Texts("body")
            .Unique("shop", "number")
            .Unique("shop", "opened_by")
            .Index("support_tickets_check", "check_at IS NOT NULL", "shop", "check_at")
            .Index("support_tickets_status", filter: null, "shop", "status", "number")
            .Index("support_tickets_assignee", "assignee IS NOT NULL", "shop", "assignee", "number")
            .Index("support_tickets_team", "team IS NOT NULL", "shop", "team", "number")
            .Index("support_tickets_customer", "customer_id IS NOT NULL", "shop", "customer_id", "number")
            .Index("support_tickets_open", OpenTicket, "shop", "number")
            .Index("support_tickets_open_assignee", OpenTicket, "shop", "assignee", "number")
            .Index("support_tickets_open_team", OpenTicket, "shop", "team", "number")
            .Index("support_tickets_due", "due_at IS NOT NULL", "shop", "due_at", "number")
            .Index("support_tickets_due_assignee", "due_at IS NOT NULL", "shop", "assignee", "due_at", "number")
            .Index("support_tickets_due_team", "due_at IS NOT NULL", "shop", "team", "due_at", "number")
            .Index("support_tickets_closed", "closed_at IS NOT NULL", "closed_at")
            .Changing(fillfactor: 70);
        Table("support_ticket_orders")
            .Texts("shop", "order_id")
            .Numbers("number")
            .Key("shop", "order_id", "number")
            .Index("support_ticket_orders_ticket", filter: null, "shop", "number");
        Table("support_ticket_tags")
            .Texts("shop", "tag")
            .Numbers("number")
            .Key("shop", "tag", "number")
            .Index("support_ticket_tags_ticket", filter: null, "shop", "number");
        Table("support_ticket_numbers").Texts("shop").Numbers("taken").Key("shop");
    }

    private void TicketHistory() =>
        Table("support_ticket_entries")
            .Texts("shop")
            .Numbers("ticket", "number")
            .Texts("kind")
            .Numbers("happened_at")
            .Texts("made_by")
            .MaybeTexts("channel", "delivery_id")
            .MaybeNumbers("copied_from")
            .MaybeTexts("request_id")
            .Texts("body")
            .Key("shop", "ticket", "number")
            .UniqueWhere("support_ticket_entries_request", "request_id IS NOT NULL", "shop", "ticket", "request_id");

    private void Customers()
    {
        Table("support_customers").Counted("id").Texts("shop", "customer_id").Numbers("version", "listed").Texts("body").Unique("shop", "customer_id");
        Table("support_customer_contacts")
            .Texts("shop", "channel", "contact", "customer_id")
            .Key("shop", "channel", "contact")
            .Index("support_customer_contacts_customer", filter: null, "customer_id", "shop");
    }

    private void Contents()
    {
        Table("support_contents")
            .Counted("id")
            .Texts("shop", "content_id", "name", "content_type")
            .Numbers("length", "saved_at")
            .Texts("state")
            .MaybeBytes("bytes")
            .Unique("shop", "content_id")
            .Index("support_contents_unused", "state IN ('New', 'Dropped')", "saved_at");
        Table("support_ticket_contents")
            .Texts("shop")
            .Numbers("ticket", "entry")
            .Texts("content_id")
            .Key("shop", "ticket", "entry", "content_id")
            .Index("support_ticket_contents_content", filter: null, "shop", "content_id");
    }

    private void Shops()
    {
        Table("support_shops").Texts("shop").MaybeNumbers("paused_at").MaybeTexts("paused_reason").Key("shop");
        Table("support_shop_figures").Texts("shop").Numbers("slot", "notices", "shipped", "delivered").Key("shop", "slot");
        Table("support_notice_days").Texts("shop").Numbers("day", "slot", "notices").Key("shop", "day", "slot");
        Table("support_states").Texts("shop", "name", "value").Numbers("version").Key("shop", "name");
    }

    private SupportTable Table(string name) => SupportTable.In(model, name, isPostgres);

    private static Dictionary<string, object> Setting(string name, int value) =>
        new(StringComparer.Ordinal) { ["name"] = name, ["value"] = Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture)) };
}
