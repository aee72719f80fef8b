using System.Globalization;
using Microsoft.AspNetCore.Http;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Lists, opens, shows and changes tickets.</summary>
internal static class TicketEndpoints
{
    public const string Tag = "Tickets";
    public const string One = "/tickets/{shop}/{number:long:min(1)}";
    private const string DefaultChannel = "phone";
    private const int MaxCulture = 50;
    private const int MaxReason = 2000;

    private static readonly ApiOperation Listing = new()
    {
        Id = "listTickets",
        Method = HttpMethods.Get,
        Pattern = "/tickets",
        Tag = Tag,
        Summary = "Lists tickets of a shop. Every filter that is set narrows the list.",
        Policy = SupportPolicies.ExternalAgent,
        Parameters =
        [
            ApiParameter.Shop,
            ApiParameter.OneOf<TicketStatus>("status", "Only this status."),
            ApiParameter.Flag("open", "Only tickets that are neither solved nor closed."),
            ApiParameter.Text("assignee", "Only this agent's."),
            ApiParameter.Text("team", "Only this team's."),
            ApiParameter.Text("customer", "Only the tickets of the customer with this id."),
            ApiParameter.Text("order", "Only tickets about the order with this id."),
            ApiParameter.Text("tag", "Only tickets with this tag."),
            ApiParameter.Text("channel", "Only tickets that began on this channel."),
            ApiParameter.OneOf<TicketPriority>("priority", "Only this priority."),
            ApiParameter.OneOf<TicketKind>("kind", "Only this kind."),
            ApiParameter.OneOf<TicketOrder>(
                "sort",
                "newest: the latest opened first (default). due: what is due first, without tickets on which no clock runs."
            ),
            ApiParameter.Limit,
            ApiParameter.Cursor,
        ],
        Answer = typeof(TicketPage),
        Problems = [404],
    };

    private static readonly ApiOperation Opening = new()
    {
        Id = "openTicket",
        Method = HttpMethods.Post,
        Pattern = "/tickets",
        Tag = Tag,
        Summary = "Opens a ticket for a customer, for example during a phone call.",
        Policy = SupportPolicies.ExternalAgent,
        Parameters = [ApiParameter.Shop],
        Body = typeof(TicketOpening),
        Status = StatusCodes.Status201Created,
        Answer = typeof(TicketModel),
        HasTag = true,
        Problems = [404, 409, 413, 415],
    };

    private static readonly ApiOperation Showing = new()
    {
        Id = "getTicket",
        Method = HttpMethods.Get,
        Pattern = One,
        Tag = Tag,
        Summary = "Shows a ticket with its orders: what was promised, decided and told.",
        Policy = SupportPolicies.ExternalAgent,
        Answer = typeof(TicketModel),
        HasTag = true,
        Problems = [404],
    };

    private static readonly ApiOperation Changing = new()
    {
        Id = "changeTicket",
        Method = HttpMethods.Patch,
        Pattern = One,
        Tag = Tag,
        Summary = "Changes a ticket.",
        Policy = SupportPolicies.ExternalAgent,
        Body = typeof(TicketChanges),
        Answer = typeof(TicketModel),
        HasTag = true,
        ReadsIfMatch = true,
        Problems = [404, 409, 412, 413, 415],
    };

    public static void Map(ApiGroup group)
    {
        group.Map(Listing, ListAsync);
        group.Map(Opening, OpenAsync);
        group.Map(Showing, ShowAsync);
        group.Map(Changing, ChangeAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        var limit = call.Limit();
        var order = call.OneOf<TicketOrder>("sort") ?? TicketOrder.Newest;
        var query = new TicketQuery
        {
            Shop = call.Required("shop"),
            Status = call.OneOf<TicketStatus>("status"),
            OnlyOpen = call.Flag("open"),
            Assignee = call.Text("assignee"),
            Team = call.Text("team"),
            CustomerId = call.Text("customer"),
            OrderId = call.Text("order"),
            Tag = call.Text("tag"),
            Channel = call.Text("channel"),
            Priority = call.OneOf<TicketPriority>("priority"),
            Kind = call.OneOf<TicketKind>("kind"),
            Order = order,
            After = PlaceOf(call, order),
            Max = limit + 1,
        };
        if (call.Faults.Any)
        {
            return call.Refuse();
        }

        if (await call.FindShopAsync() is null)
        {
            return ApiProblem.NoShop(call.Shop);
        }

        var tickets = await call.Get<ITickets>().ListAsync(query, call.Aborted);
        var next = tickets.Count > limit ? call.Cursor(PlaceOf(tickets[limit - 1], order)) : null;
        var masks = await TicketMasks.ReadAsync(call, tickets);
        var items = tickets.Take(limit).Select(ticket => TicketMapping.Of(ticket, masks.Of(ticket)));
        return new ApiAnswer<TicketPage>(new TicketPage { Items = [.. items], Next = next }, ApiText.Json.TicketPage) { NextPage = call.Page(next) };
    }

    private static async Task<IResult> OpenAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        var key = call.Key();
        call.Required("shop");
        var opening = await call.ReadAsync(ApiJson.Default.TicketOpening);
        Check(call, opening);
        var attachments = opening is null ? [] : await AttachedFiles.ReadAsync(call, opening.Attachments);
        if (opening is null || call.Faults.Any)
        {
            return call.Refuse();
        }

        if (call.By is not { } by)
        {
            return ApiProblem.Nobody();
        }

        if (await call.FindShopAsync() is null)
        {
            return ApiProblem.NoShop(call.Shop);
        }

        var message = MessageOf(call, opening, attachments) with { EventId = key.Id };
        var (ticket, failure) = await TicketActs.TryAsync(call, () => call.Get<ITicketDesk>().OpenAsync(message, by, call.Aborted));
        return failure
            ?? (
                key.IsRepeatable && await IsAnotherAsync(call, ticket!, message)
                    ? ApiProblem.Of(StatusCodes.Status409Conflict, "The idempotency key was used to open another ticket. Take a new one.")
                    : await TicketActs.ShowAsync(call, ticket!.Key, StatusCodes.Status201Created)
            );
    }

    private static async Task<IResult> ShowAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        return await TicketActs.ShowAsync(call, call.Ticket);
    }

    private static async Task<IResult> ChangeAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        var (key, seen) = (call.Key(), call.IfMatch());
        var changes = await call.ReadAsync(ApiJson.Default.TicketChanges);
        Check(call, changes);
        if (changes is null || call.Faults.Any)
        {
            return call.Refuse();
        }

        if (call.By is not { } by)
        {
            return ApiProblem.Nobody();
        }

        if (await TicketActs.FindAsync(call, call.Ticket) is null)
        {
            return ApiProblem.NoTicket(call.Ticket);
        }

        var edit = EditOf(changes) with { RequestId = key.Id, Version = seen };
        return await TicketActs.ActAsync(call, () => call.Get<ITicketDesk>().ChangeAsync(call.Ticket, edit, by, call.Aborted));
    }

    // What the engine, which also reads what mail programs claim, lets pass.
    private static void Check(ApiCall call, TicketOpening? opening)
    {
        if (opening?.Culture is { } culture && (culture.Length > MaxCulture || Templates.Language.Find(culture) is null))
        {
            call.Faults.Add("culture", "Is not known. Use a name such as en or sv-SE.");
        }

        if (opening?.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            call.Faults.Add("timeZone", "Is not known. Use an IANA name such as Europe/Stockholm.");
        }
    }

    private static void Check(ApiCall call, TicketChanges? changes)
    {
        if (changes is null)
        {
            return;
        }

        if (changes with { Reason = null } == new TicketChanges())
        {
            call.Faults.Add("body", "Changes nothing. Name what shall become different.");
        }

        if (changes.Status == TicketStatus.New)
        {
            call.Faults.Add("status", "No ticket becomes new again. Use open.");
        }

        if (changes.Assignee?.Length > ApiGate.MaxId)
        {
            call.Faults.Add("assignee", $"Has at most {ApiGate.MaxId} characters.");
        }

        if (changes.Reason?.Length > MaxReason)
        {
            call.Faults.Add("reason", $"Has at most {MaxReason} characters.");
        }
    }

    private static InboundMessage MessageOf(ApiCall call, TicketOpening opening, IReadOnlyList<ContentReference> attachments) =>
        new()
        {
            ShopId = call.Shop,
            Source = "api",
            Channel = opening.Channel ?? DefaultChannel,
            From = opening.From is { } from ? new ContactPoint(from.Channel, from.Value) : null,
            Name = opening.Name,
            Subject = opening.Subject,
            Text = opening.Text,
            Attachments = attachments,
            SentAt = opening.SentAt ?? call.Get<TimeProvider>().GetUtcNow(),
            OrderId = opening.OrderId,
            Kind = opening.Kind ?? TicketKind.Other,
            Products = opening.Products ?? [],
            Tags = opening.Tags ?? [],
            Fields = opening.Fields ?? new Dictionary<string, string>(StringComparer.Ordinal),
            Culture = opening.Culture,
            TimeZone = opening.TimeZone,
        };

    private static TicketEdit EditOf(TicketChanges changes) =>
        new()
        {
            Subject = changes.Subject,
            Kind = changes.Kind,
            Status = changes.Status,
            Priority = changes.Priority,
            Team = changes.Team,
            Assignee = changes.Assignee,
            AddTags = changes.AddTags ?? [],
            RemoveTags = changes.RemoveTags ?? [],
            Fields = changes.Fields ?? new Dictionary<string, string>(StringComparer.Ordinal),
            AddOrders = changes.AddOrders ?? [],
            Reason = changes.Reason,
        };

    // An erased ticket does not say any more what it was opened with.
    private static async Task<bool> IsAnotherAsync(ApiCall call, Ticket ticket, InboundMessage message) =>
        ticket.ErasedAt is null
        && await call.Get<ITickets>().EntriesAsync(new TicketEntryQuery { Key = ticket.Key, Max = 1 }, call.Aborted) is [var first]
        && !string.Equals(first.Text, message.Text, StringComparison.Ordinal);

    private static string PlaceOf(Ticket ticket, TicketOrder order) =>
        order == TicketOrder.Due && ticket.DueAt is { } due
            ? string.Create(CultureInfo.InvariantCulture, $"{ticket.Key.Number}:{due.UtcTicks}")
            : ticket.Key.Number.ToString(CultureInfo.InvariantCulture);

    private static TicketPlace? PlaceOf(ApiCall call, TicketOrder order)
    {
        if (call.Place() is not { } place)
        {
            return null;
        }

        long due = 0;
        var parts = place.Split(':');
        var isDue = order == TicketOrder.Due;
        if (
            parts.Length == (isDue ? 2 : 1)
            && ApiQuery.TryNumber(parts[0], out var number)
            && (!isDue || (ApiQuery.TryNumber(parts[1], out due) && due <= DateTimeOffset.MaxValue.Ticks))
        )
        {
            return new TicketPlace(number, isDue ? new DateTimeOffset(due, TimeSpan.Zero) : null);
        }

        call.Faults.Add("cursor", ApiCursor.Fault);
        return null;
    }
}
