using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Support.Sdk.Customers;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Tickets;

namespace Support.Sdk.Contacts;

/// <summary>Writes everything that is stored about a person as one JSON document, piece by piece.</summary>
internal sealed class PrivacyExport(
    IOrderStore orders,
    IOutboxStore outbox,
    IContactStore contacts,
    ICustomerStore customers,
    ITicketStore tickets,
    ContactBook book,
    PersonEvents events,
    TimeProvider time
)
{
    private const int Page = 50;
    private const int MaxOrders = 1000;

    // Names are to be read by their person: letters keep their shape, and the document is not put into a page.
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public async Task WriteAsync(string shop, IReadOnlyList<ContactPoint> person, Stream destination, CancellationToken cancellationToken)
    {
        await using var pieces = new AsyncOnlyStream(destination);
        await using var writer = new Utf8JsonWriter(pieces, Options);
        writer.WriteStartObject();
        writer.WriteString("shop", shop);
        writer.WriteStartArray("contactPoints");
        foreach (var point in person)
        {
            writer.WriteStartObject();
            writer.WriteString("channel", point.Channel);
            writer.WriteString("value", point.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("exportedAt", time.GetUtcNow());
        await ContactsAsync(writer, shop, person, cancellationToken);
        var written = await OrdersAsync(writer, shop, person, cancellationToken);
        await CustomersAsync(writer, shop, person, cancellationToken);
        await DeliveriesAsync(writer, shop, person, written, cancellationToken);
        await EventsAsync(writer, shop, person, cancellationToken);
        writer.WriteEndObject();
    }

    private async Task ContactsAsync(Utf8JsonWriter writer, string shop, IReadOnlyList<ContactPoint> person, CancellationToken cancellationToken)
    {
        writer.WriteStartArray("contacts");
        foreach (var contact in await book.KnownAsync(shop, person, cancellationToken))
        {
            writer.WriteStartObject();
            Write(writer, "contact", contact, SupportJsonContext.Default.Contact);
            writer.WriteStartArray("consents");
            foreach (var word in await contacts.ConsentsAsync(shop, contact.Key, cancellationToken))
            {
                JsonSerializer.Serialize(writer, word, SupportJsonContext.Default.ConsentRecord);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            await writer.FlushAsync(cancellationToken);
        }

        writer.WriteEndArray();
    }

    private async Task<HashSet<OrderKey>> OrdersAsync(
        Utf8JsonWriter writer,
        string shop,
        IReadOnlyList<ContactPoint> person,
        CancellationToken cancellationToken
    )
    {
        var written = new HashSet<OrderKey>();
        writer.WriteStartArray("orders");
        foreach (var point in person)
        {
            foreach (var order in await orders.OfContactAsync(shop, point, MaxOrders, cancellationToken))
            {
                if (written.Add(order.Key))
                {
                    await OrderAsync(writer, order, cancellationToken);
                }
            }
        }

        writer.WriteEndArray();
        return written;
    }

    private async Task OrderAsync(Utf8JsonWriter writer, WatchedOrder order, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        Write(writer, "order", order, SupportJsonContext.Default.WatchedOrder);
        writer.WriteStartArray("decisions");
        foreach (var decision in await orders.HistoryAsync(order.Key, cancellationToken))
        {
            JsonSerializer.Serialize(writer, decision, SupportJsonContext.Default.Decision);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        await writer.FlushAsync(cancellationToken);
    }

    private async Task CustomersAsync(Utf8JsonWriter writer, string shop, IReadOnlyList<ContactPoint> person, CancellationToken cancellationToken)
    {
        writer.WriteStartArray("customers");
        foreach (var customer in await customers.OfContactsAsync(shop, person, cancellationToken))
        {
            writer.WriteStartObject();
            Write(writer, "customer", customer, SupportJsonContext.Default.Customer);
            writer.WriteStartArray("tickets");
            foreach (var id in customer.MergedFrom.Prepend(customer.Id))
            {
                await TicketsAsync(writer, shop, id, cancellationToken);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private async Task TicketsAsync(Utf8JsonWriter writer, string shop, string customerId, CancellationToken cancellationToken)
    {
        var query = new TicketQuery
        {
            Shop = shop,
            CustomerId = customerId,
            Max = Page,
        };
        IReadOnlyList<Ticket> page;
        do
        {
            page = await tickets.ListAsync(query, cancellationToken);
            foreach (var ticket in page)
            {
                await TicketAsync(writer, ticket, cancellationToken);
            }

            query = query with { After = page.Count > 0 ? new TicketPlace(page[^1].Key.Number) : null };
        } while (page.Count == Page);
    }

    private async Task TicketAsync(Utf8JsonWriter writer, Ticket ticket, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        Write(writer, "ticket", ticket, SupportJsonContext.Default.Ticket);
        writer.WriteStartArray("entries");
        var query = new TicketEntryQuery { Key = ticket.Key, Max = Page };
        IReadOnlyList<TicketEntry> page;
        do
        {
            page = await tickets.EntriesAsync(query, cancellationToken);
            foreach (var entry in page)
            {
                JsonSerializer.Serialize(writer, entry, SupportJsonContext.Default.TicketEntry);
            }

            await writer.FlushAsync(cancellationToken);
            query = query with { After = page.Count > 0 ? page[^1].Number : 0 };
        } while (page.Count == Page);

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private async Task DeliveriesAsync(
        Utf8JsonWriter writer,
        string shop,
        IReadOnlyList<ContactPoint> person,
        HashSet<OrderKey> orderKeys,
        CancellationToken cancellationToken
    )
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        var queries = orderKeys
            .Select(key => new DeliveryQuery { Order = key, Max = Page })
            .Concat(
                person.Select(point => new DeliveryQuery
                {
                    Shop = shop,
                    To = point,
                    Max = Page,
                })
            );
        writer.WriteStartArray("deliveries");
        foreach (var query in queries)
        {
            await DeliveriesAsync(writer, query, written, cancellationToken);
        }

        writer.WriteEndArray();
    }

    private async Task DeliveriesAsync(Utf8JsonWriter writer, DeliveryQuery query, HashSet<string> written, CancellationToken cancellationToken)
    {
        IReadOnlyList<MessageDelivery> page;
        do
        {
            page = await outbox.ListAsync(query, cancellationToken);
            foreach (var delivery in page.Where(delivery => written.Add(delivery.Message.Id)))
            {
                JsonSerializer.Serialize(writer, delivery, SupportJsonContext.Default.MessageDelivery);
                await writer.FlushAsync(cancellationToken);
            }

            query = query with { After = page.Count > 0 ? page[^1].Message.Id : null };
        } while (page.Count == Page);
    }

    private async Task EventsAsync(Utf8JsonWriter writer, string shop, IReadOnlyList<ContactPoint> person, CancellationToken cancellationToken)
    {
        writer.WriteStartArray("waitingEvents");
        await foreach (var entry in events.FindAsync(shop, person, cancellationToken))
        {
            writer.WriteStartObject();
            writer.WriteString("source", entry.Source);
            writer.WriteString("eventId", entry.EventId);
            writer.WriteString("receivedAt", entry.ReceivedAt);
            writer.WriteString("state", entry.State.ToString());
            // As text: what was put aside may be no JSON.
            writer.WriteString("body", entry.Body);
            writer.WriteEndObject();
            await writer.FlushAsync(cancellationToken);
        }

        writer.WriteEndArray();
    }

    private static void Write<T>(Utf8JsonWriter writer, string name, T value, JsonTypeInfo<T> type)
    {
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value, type);
    }
}
