using System.Diagnostics;
using System.Diagnostics.Metrics;
using Support.Sdk.Deliveries;
using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Tickets;
using Support.Sdk.Webhooks;

namespace Support.Sdk.Diagnostics;

/// <summary>
/// The metrics and traces of the engine, named <c>Support.Sdk</c>, in the conventions of OpenTelemetry: no personal data, no ids
/// in metrics, and only values of small sets as tags.
/// </summary>
internal sealed class SupportTelemetry : IDisposable
{
    public const string Name = "Support.Sdk";

    private readonly ActivitySource _activities = new(Name);
    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly TimeProvider _time;
    private readonly Counter<long> _events;
    private readonly Counter<long> _webhooks;
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _tickets;
    private readonly Counter<long> _promises;
    private readonly Histogram<double> _deliveryDuration;
    private readonly Histogram<double> _inboxLag;
    private long _nextDue = long.MaxValue;

    public SupportTelemetry(TimeProvider time, IMeterFactory? factory = null)
    {
        _time = time;
        _ownsMeter = factory is null;
        _meter = factory?.Create(Name) ?? new Meter(Name);
        _events = _meter.CreateCounter<long>("support.events.accepted", "{event}", "Events that were new and are kept in the inbox.");
        _webhooks = _meter.CreateCounter<long>("support.webhooks.received", "{request}", "Requests that webhooks read, by what they were.");
        _decisions = _meter.CreateCounter<long>("support.decisions", "{decision}", "Decisions about telling a customer something.");
        _deliveries = _meter.CreateCounter<long>("support.deliveries", "{delivery}", "Attempts to hand a message to a channel, by the state they led to.");
        _tickets = _meter.CreateCounter<long>("support.tickets.opened", "{ticket}", "Tickets that were opened.");
        _promises = _meter.CreateCounter<long>("support.promises", "{promise}", "Promises to answer that were met, missed, dropped or broken.");
        _deliveryDuration = _meter.CreateHistogram<double>("support.delivery.duration", "s", "How long an attempt took.");
        _inboxLag = _meter.CreateHistogram<double>("support.inbox.lag", "s", "How long an event waited in the inbox.");
        _meter.CreateObservableGauge("support.oldest_due.age", OldestDueAge, "s", "For how long the oldest work has been due; 0 while nothing is.");
    }

    public void Accepted(IReadOnlyList<InboxEntry> entries, int added)
    {
        if (added > 0)
        {
            var source = entries[0].Source;
            var isOne = entries.All(entry => string.Equals(entry.Source, source, StringComparison.Ordinal));
            _events.Add(added, new KeyValuePair<string, object?>("support.source", isOne ? source : "several"));
        }
    }

    public void Received(string webhook, WebhookOutcome outcome) => Received(webhook, outcome.ToString().ToLowerInvariant());

    public void WebhookFailed(string webhook, Activity? activity)
    {
        activity?.SetStatus(ActivityStatusCode.Error);
        Received(webhook, "failed");
    }

    public void Decided(IEnumerable<Decision> decisions)
    {
        foreach (var decision in decisions)
        {
            _decisions.Add(1, new("support.verdict", Word(decision.Verdict)), new("support.kind", decision.Occasion.Split('/')[0]));
        }
    }

    /// <summary>What became of the promises of a ticket; its history tells.</summary>
    public void Changed(TicketChange change)
    {
        if (change.Ticket.Version == 0)
        {
            _tickets.Add(1, new KeyValuePair<string, object?>("support.channel", change.Ticket.Channel));
        }

        if (change.With is { } other)
        {
            Changed(other);
        }

        foreach (var field in change.Entries.SelectMany(entry => entry.Changes))
        {
            if (TicketFields.Outcome(field) is { } outcome)
            {
                _promises.Add(1, new("support.metric", field.Field[TicketFields.Clock.Length..]), new("support.outcome", outcome));
            }
        }
    }

    public void Claimed(IEnumerable<InboxEntry> entries)
    {
        var now = _time.GetUtcNow();
        foreach (var entry in entries)
        {
            _inboxLag.Record(Math.Max(0, (now - entry.ReceivedAt).TotalSeconds));
        }
    }

    public void Attempted(string channel, DeliveryState state, TimeSpan took)
    {
        var tags = new TagList { { "support.channel", channel }, { "support.outcome", Word(state) } };
        _deliveries.Add(1, tags);
        _deliveryDuration.Record(took.TotalSeconds, tags);
    }

    /// <summary>Remembers when the next work is due, as the loops found it last.</summary>
    public void NextDue(DateTimeOffset? next) => Interlocked.Exchange(ref _nextDue, next?.UtcTicks ?? long.MaxValue);

    /// <summary>The reading of one request. The request of the host, where it is traced, is its parent.</summary>
    public Activity? Webhook(string name) => _activities.StartActivity("support.webhook")?.SetTag("support.webhook", name);

    /// <summary>The work on one batch of events.</summary>
    public Activity? Inbox(int count) => _activities.StartActivity("support.inbox", ActivityKind.Consumer)?.SetTag("support.batch", count);

    /// <summary>The work on one batch of orders that are due.</summary>
    public Activity? Due(int count) => _activities.StartActivity("support.due", ActivityKind.Internal)?.SetTag("support.batch", count);

    /// <summary>One attempt to hand over one message.</summary>
    public Activity? Delivery(MessageDelivery delivery, string channel) =>
        _activities
            .StartActivity("support.delivery", ActivityKind.Producer)
            ?.SetTag("support.channel", channel)
            .SetTag("support.delivery", delivery.Message.Id)
            .SetTag("support.kind", delivery.Message.Occasion.Split('/')[0]);

    public static void Ended(Activity? activity, DeliveryState state)
    {
        activity?.SetTag("support.outcome", Word(state));
        if (state is DeliveryState.Failed or DeliveryState.InDoubt or DeliveryState.Rejected)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
        }
    }

    public void Dispose()
    {
        _activities.Dispose();
        // A factory disposes what it made.
        if (_ownsMeter)
        {
            _meter.Dispose();
        }
    }

    private void Received(string webhook, string outcome) => _webhooks.Add(1, new("support.webhook", webhook), new("support.outcome", outcome));

    // Counted from now, so that the age grows even while the loops stand still.
    private double OldestDueAge()
    {
        var due = Interlocked.Read(ref _nextDue);
        return due == long.MaxValue ? 0 : Math.Max(0, (_time.GetUtcNow() - new DateTimeOffset(due, TimeSpan.Zero)).TotalSeconds);
    }

    private static string Word(DecisionVerdict verdict) => verdict.ToString().ToLowerInvariant();

    private static string Word(DeliveryState state) => state == DeliveryState.InDoubt ? "in_doubt" : state.ToString().ToLowerInvariant();
}
