using Support.Sdk.Intake;

namespace Support.Sdk.Orders;

/// <summary>One order to decide about, and the events that came in for it, oldest first.</summary>
internal sealed record OrderWork(OrderKey Key, IReadOnlyList<InboxEntry> Entries, WatchedOrder? Order);
