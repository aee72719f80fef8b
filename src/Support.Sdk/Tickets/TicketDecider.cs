using System.Globalization;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Sla;
using Support.Sdk.Sweep;
using Support.Sdk.Templates;

namespace Support.Sdk.Tickets;

/// <summary>Turns what happened to a ticket into the one change that is saved: the conversation, its clocks, and what is told to whom.</summary>
internal sealed class TicketDecider(TicketComposer composer)
{
    private const int SubjectFromText = 81;

    /// <summary>A new ticket for a customer's word.</summary>
    public static Ticket Fresh(TicketKey key, InboundMessage message, TicketOrigin origin, DateTimeOffset now) =>
        new()
        {
            Key = key,
            Subject = SubjectOf(message),
            Kind = message.Kind,
            Channel = message.Channel,
            Requester = new TicketRequester
            {
                CustomerId = origin.CustomerId,
                Name = message.Name ?? origin.Order?.Snapshot?.Customer.Name,
                Culture = message.Culture ?? origin.Order?.Snapshot?.Customer.Culture,
                TimeZone = message.TimeZone ?? origin.Order?.Snapshot?.Customer.TimeZone,
                ContactPoints = message.From is { } from ? [from] : [],
            },
            Orders = origin.Order is { } order ? [order.Key.Id] : [],
            OrderTotal = origin.Order?.Snapshot?.Total,
            Products = message.Products,
            Tags = message.Tags,
            Fields = Fields(message, origin.Order),
            Segments = origin.Segments,
            Links = origin.Before is { } before ? [new TicketLink(before.Key.Number, TicketRelation.FollowUpOf)] : [],
            OpenedAt = now,
            ChangedAt = now,
            OpenedBy = origin.OpenedBy,
        };

    /// <summary>A new ticket for a message of ours that needs somebody.</summary>
    public static Ticket Fresh(TicketKey key, OutboundMessage message, DeliveryState state, TicketOrigin origin, DateTimeOffset now)
    {
        var customer = origin.Order?.Snapshot?.Customer;
        var what = state == DeliveryState.Held ? "Waits for approval" : "Not delivered";
        return new Ticket
        {
            Key = key,
            Subject = Cut($"{what}: {PlainLine.Clean(message.Subject)}", MessageRules.MaxSubject),
            Kind = TicketKind.OrderProblem,
            Channel = message.To.Channel,
            Requester = new TicketRequester
            {
                CustomerId = origin.CustomerId,
                Name = customer?.Name ?? message.ToName,
                Culture = customer?.Culture,
                TimeZone = customer?.TimeZone,
                ContactPoints = customer?.ContactPoints ?? [message.To],
            },
            Orders = origin.Order is { } order ? [order.Key.Id] : [],
            OrderTotal = origin.Order?.Snapshot?.Total,
            Segments = origin.Segments,
            OpenedAt = now,
            ChangedAt = now,
            OpenedBy = origin.OpenedBy,
        };
    }

    /// <summary>A customer's word, and the acknowledgement if one is due.</summary>
    /// <param name="draft">The ticket.</param>
    /// <param name="message">The word.</param>
    /// <param name="find">Finds out where the customer can be reached; asked only when that decides.</param>
    /// <param name="installation">The installation.</param>
    public async Task HearAsync(TicketDraft draft, InboundMessage message, Func<Task<TicketReach>> find, Installation installation)
    {
        draft.Hear(message);
        var why = Acknowledgement.WhyNot(draft.Ticket, message, draft.Shop, draft.Now);
        var reach = why is null ? await find() : null;
        if ((why ?? Acknowledgement.WhyNot(reach!, draft.Shop)) is { } reason)
        {
            // Nobody expects a second one the same day; that is no decision worth a line.
            if (draft.Ticket.AcknowledgedAt is null)
            {
                draft.Tell($"Not acknowledged: {reason}", delivery: null);
            }

            return;
        }

        var occasion = Numbered(TicketNotices.Acknowledged, draft.Ticket.Acknowledgements + 1);
        var request = Request(draft, TicketNotices.Acknowledged, occasion, reach!.To!, "customer", installation) with
        {
            AnswerBy = TicketClocks.Promised(draft.Ticket),
        };
        var composed = composer.Compose(request, attachments: [], draft.Now);
        if (composed.Message is not { } written)
        {
            draft.Tell($"Not acknowledged: {composed.Failure}", delivery: null);
            return;
        }

        draft.Acknowledged();
        // A day later, what it says of the time is no news, or no longer true.
        draft.Tell("The customer was told that the message arrived.", Delivery(written, draft, draft.Now + RetrySchedule.SendWithin));
    }

    /// <summary>An agent's reply. Where nobody can be reached it is read on the ticket's page only, and that is recorded.</summary>
    public void Reply(
        TicketDraft draft,
        TicketReply reply,
        string by,
        TicketReach reach,
        IReadOnlyList<MessageAttachment> attachments,
        Installation installation
    )
    {
        if (reach.To is not { } to)
        {
            draft.Reply(reply, by, channel: "page", deliveryId: null);
            draft.Tell($"Not sent, to be read on the ticket's page only: {reach.Obstacle}", delivery: null);
            return;
        }

        var occasion = Numbered(TicketNotices.Reply, draft.Ticket.Entries + 1);
        var request = Request(draft, TicketNotices.Reply, occasion, to, "customer", installation) with
        {
            Text = reply.Text,
            AgentName = TicketStaff.Find(draft.Shop, by)?.Name,
        };
        var composed = composer.Compose(request, attachments, draft.Now);
        draft.Reply(reply, by, to.Channel, composed.Message?.Id);
        if (composed.Message is { } written)
        {
            draft.Send(Delivery(written, draft, sendBefore: null));
        }
        else
        {
            draft.Trouble($"The reply could not be written: {composed.Failure}", request.DeliveryId);
        }
    }

    /// <summary>What the alarm clock brings.</summary>
    public void Tick(TicketDraft draft, IReadOnlyList<string> channels, Installation installation)
    {
        foreach (var recipient in draft.Tick().GroupBy(warning => warning.Recipient.Contact))
        {
            var clocks = recipient.Select(warning => draft.Ticket.Clocks.First(clock => clock.Metric == warning.Clock.Metric)).Distinct().ToList();
            var what = string.Join(", ", clocks.Select(clock => $"{clock.Metric}, due {clock.DueAt?.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}"));
            if (recipient.Key is not { } to || !channels.Contains(to.Channel, StringComparer.Ordinal))
            {
                draft.Alert(
                    $"Nobody could be warned ({what}): {(recipient.Key is null ? "no address is set up" : $"no channel '{recipient.Key.Channel}' is registered")}.",
                    delivery: null
                );
                continue;
            }

            var occasion = Numbered(TicketNotices.Alert, draft.Ticket.Entries + 1);
            var request = Request(draft, TicketNotices.Alert, occasion, to, "staff", installation) with { Alerts = clocks };
            var composed = composer.Compose(request, attachments: [], draft.Now);
            draft.Alert(
                composed.Failure is { } failure ? $"A warning could not be written: {failure}" : $"Warned: {what}.",
                composed.Message is { } written ? Delivery(written, draft, draft.Now + RetrySchedule.SendWithin) : null
            );
        }
    }

    /// <summary>A message to the customer that needs somebody.</summary>
    public static void Trouble(TicketDraft draft, DeliveryTrouble trouble, OutboundMessage message)
    {
        var isHeld = trouble.State == DeliveryState.Held;
        var isOurs = message.Occasion.StartsWith(TicketNotices.Alert, StringComparison.Ordinal) || StaffAlerts.Is(message.Occasion.Split('/')[0]);
        if (!isOurs)
        {
            // A solved or waiting ticket whose customer was never told is neither.
            draft.Change(
                ticket =>
                    ticket with
                    {
                        Status = ticket.Status == TicketStatus.New || isHeld ? ticket.Status : TicketStatus.Open,
                        Tags = [.. ticket.Tags, isHeld ? TicketTags.Held : TicketTags.Undelivered],
                    },
                TicketBy.Engine
            );
        }

        draft.Trouble(
            $"{(isOurs ? "A warning to the shop's own people" : "The message")} '{message.Occasion}' {(isHeld ? "waits for a person" : "did not reach anybody")}: {trouble.State}. {trouble.Reason}".TrimEnd(),
            trouble.DeliveryId
        );
    }

    private static TicketComposeRequest Request(TicketDraft draft, string kind, string occasion, ContactPoint to, string role, Installation installation) =>
        new()
        {
            Kind = kind,
            Ticket = draft.Ticket,
            Shop = draft.Shop,
            To = to,
            Occasion = occasion,
            DeliveryId = installation.Ids.OfTicket(draft.Ticket.Key, occasion, role, attempt: 0),
            Links = installation.Links,
        };

    private static MessageDelivery Delivery(OutboundMessage message, TicketDraft draft, DateTimeOffset? sendBefore)
    {
        var silent = draft.Shop.Mode switch
        {
            ShopMode.Off => "The shop is switched off.",
            ShopMode.Shadow => "The shop is in shadow mode.",
            _ => null,
        };
        return new MessageDelivery
        {
            Message = message,
            State = silent is null ? DeliveryState.Pending : DeliveryState.Suppressed,
            Reason = silent,
            DueAt = draft.Now,
            SendBefore = sendBefore,
            ChangedAt = draft.Now,
        };
    }

    private static string Numbered(string kind, long number) => string.Create(CultureInfo.InvariantCulture, $"{kind}/{number}");

    private static string SubjectOf(InboundMessage message)
    {
        var subject = PlainLine.Clean(message.Subject);
        if (subject.Length > 0)
        {
            return Cut(subject, MessageRules.MaxSubject);
        }

        var first = message.Text.AsSpan().Trim();
        var line = first.IndexOfAny('\r', '\n') is >= 0 and var end ? first[..end] : first;
        var cut = PlainLine.Clean(Cut(line.ToString(), SubjectFromText));
        return cut.Length > 0 ? cut
            : message.Attachments is [var file, ..] ? Cut(PlainLine.Clean(file.Name), MessageRules.MaxSubject)
            : "-";
    }

    private static string Cut(string text, int max)
    {
        if (text.Length <= max)
        {
            return text;
        }

        // Half of a surrogate pair is no character.
        var end = char.IsHighSurrogate(text[max - 2]) ? max - 2 : max - 1;
        return text[..end] + "…";
    }

    // An order that the writer only claims is kept as a claim.
    private static IReadOnlyDictionary<string, string> Fields(InboundMessage message, WatchedOrder? order) =>
        message.OrderId is not { } claimed || order is not null
            ? message.Fields
            : new Dictionary<string, string>(message.Fields, StringComparer.Ordinal) { [TicketFields.ClaimedOrder] = claimed };
}

/// <summary>What a new ticket comes from.</summary>
internal sealed record TicketOrigin
{
    public required string OpenedBy { get; init; }

    /// <summary>What a ticket is known by that an event opened.</summary>
    public static string OfEvent(string source, string eventId) => $"event:{source}:{eventId}";

    public string? CustomerId { get; init; }

    public WatchedOrder? Order { get; init; }

    public Ticket? Before { get; init; }

    public IReadOnlyList<string> Segments { get; init; } = [];
}
