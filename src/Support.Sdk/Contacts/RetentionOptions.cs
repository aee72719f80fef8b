namespace Support.Sdk.Contacts;

/// <summary>How long what is stored is kept, bound from <c>Support:Retention</c>. Null keeps for ever.</summary>
/// <remarks>
/// The sweep removes what has become old enough once a day, in small batches; it looks only at the oldest end, so what is not due costs
/// nothing. Contacts and words of consent are kept until their person is erased: they are the proof, and the refusals.
/// </remarks>
public sealed class RetentionOptions
{
    /// <summary>
    /// How long an order is kept after its last change, once nothing about it is planned any more, together with its decisions and messages.
    /// At least 30 days. Default: 730 days, for as long as a consumer can claim a lack of conformity in the EU (Directive (EU) 2019/771,
    /// Article 10(1)) and may ask what was told.
    /// </summary>
    public TimeSpan? FinishedOrders { get; set; } = TimeSpan.FromDays(730);

    /// <summary>
    /// How long a ticket is kept after it was closed, together with its entries, messages and files. At least 30 days. Default: 730 days, as
    /// long as the orders that it may be about.
    /// </summary>
    public TimeSpan? ClosedTickets { get; set; } = TimeSpan.FromDays(730);

    /// <summary>
    /// How long the body of an event is kept that was put aside for a person. At least 1 day. Default: 30 days: what nobody replayed by
    /// then is no longer news. The body of an event that was processed goes at once, whatever stands here.
    /// </summary>
    public TimeSpan? ParkedEvents { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How long the id of an event is kept, by which a repeat is recognised. At least 7 days. Default: 90 days; webhook providers repeat
    /// for days at most. A repeat that comes later is an old snapshot, which changes nothing.
    /// </summary>
    public TimeSpan? EventIds { get; set; } = TimeSpan.FromDays(90);
}
