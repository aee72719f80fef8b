using Support.Sdk.Orders;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Tickets and their entries as the API shows them.</summary>
internal static class TicketMapping
{
    public static TicketModel Of(Ticket ticket, Mask mask, IReadOnlyList<OrderModel>? orders = null) =>
        new()
        {
            Shop = ticket.Key.Shop,
            Number = ticket.Key.Number,
            Version = ticket.Version,
            Subject = mask.Text(ticket.Subject)!,
            Kind = ticket.Kind,
            Status = ticket.Status,
            Priority = ticket.Priority,
            Channel = ticket.Channel,
            Requester = Of(ticket.Requester, mask),
            Orders = ticket.Orders,
            Products = [.. ticket.Products.Select(product => mask.Word(product)!)],
            Tags = [.. ticket.Tags.Select(tag => mask.Text(tag)!)],
            Fields = ticket.Fields.ToDictionary(field => field.Key, field => Field(field.Key, field.Value, mask)!, StringComparer.Ordinal),
            Team = ticket.Team,
            Assignee = ticket.Assignee,
            Segments = ticket.Segments,
            OrderTotal = OrderMapping.Of(ticket.OrderTotal),
            Links = [.. ticket.Links.Select(link => new LinkModel { Number = link.Number, Relation = link.Relation })],
            Policy = ticket.Policy,
            Clocks = [.. ticket.Clocks.Select(Of)],
            DueAt = ticket.DueAt,
            OpenedAt = ticket.OpenedAt,
            ChangedAt = ticket.ChangedAt,
            WaitingSince = ticket.WaitingSince,
            FirstReplyAt = ticket.FirstReplyAt,
            SolvedAt = ticket.SolvedAt,
            AcknowledgedAt = ticket.AcknowledgedAt,
            ErasedAt = ticket.ErasedAt,
            Entries = ticket.Entries,
            OrderDetails = orders,
        };

    public static MessageModel Of(TicketEntry entry, Mask mask) =>
        new()
        {
            Number = entry.Number,
            Kind = entry.Kind,
            At = entry.At,
            By = entry.By,
            Channel = entry.Channel,
            Text = mask.Text(entry.Text),
            Attachments = [.. entry.Attachments.Select(file => Of(file, mask))],
            IsPublic = entry.IsPublic,
            DeliveryId = entry.DeliveryId,
            Changes = [.. entry.Changes.Select(change => Of(change, mask))],
            CopiedFrom = entry.CopiedFrom,
        };

    public static FileModel Of(ContentReference file, Mask mask) =>
        new()
        {
            Id = file.Id,
            Name = mask.Text(file.Name)!,
            ContentType = file.ContentType,
            Length = file.Length,
        };

    public static ContactModel Of(ContactPoint point, Mask mask)
    {
        var shown = mask.Point(point);
        return new ContactModel { Channel = shown.Channel, Value = shown.Value };
    }

    private static RequesterModel Of(TicketRequester requester, Mask mask) =>
        new()
        {
            Customer = requester.CustomerId,
            Name = mask.Name(requester.Name),
            ContactPoints = [.. requester.ContactPoints.Select(point => Of(point, mask))],
            Culture = requester.Culture,
            TimeZone = requester.TimeZone,
        };

    private static ClockModel Of(SlaClock clock) =>
        new()
        {
            Metric = clock.Metric,
            State = clock.State,
            Policy = clock.Policy.Length == 0 ? null : clock.Policy,
            Within = clock.Within,
            Counts = clock.Counts,
            Calendar = clock.Calendar,
            StartedAt = clock.StartedAt,
            DueAt = clock.DueAt,
            BrokenAt = clock.BrokenAt,
            EndedAt = clock.EndedAt,
        };

    private static ChangeModel Of(TicketChangedField change, Mask mask)
    {
        return new ChangeModel
        {
            Field = change.Field,
            From = Shown(change.From),
            To = Shown(change.To),
        };

        string? Shown(string? value) =>
            change.Field switch
            {
                "requester.name" => mask.Name(value),
                "requester.contacts" => mask.Contacts(value),
                "subject" or "tags" => mask.Text(value),
                "products" => mask.Word(value),
                _ when change.Field.StartsWith("fields.", StringComparison.Ordinal) => Field(change.Field["fields.".Length..], value, mask),
                _ => value,
            };
    }

    // What a writer claims to be an order the agent has to be able to look up.
    private static string? Field(string name, string? value, Mask mask) =>
        string.Equals(name, TicketFields.ClaimedOrder, StringComparison.Ordinal) ? mask.Word(value) : mask.Text(value);
}
