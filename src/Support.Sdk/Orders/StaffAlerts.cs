namespace Support.Sdk.Orders;

/// <summary>Decides what the shop's own people are told: once each, at any hour, whatever customers are told.</summary>
internal static class StaffAlerts
{
    public static bool Is(string kind) => string.Equals(kind, NoticeKinds.ShopAlert, StringComparison.Ordinal);

    public static IEnumerable<NoticeProposal> Decide(DecisionInput input, DateTimeOffset now)
    {
        var staff = Recipient.Staff(input);
        return Candidates.Alerts(input).Select(alert => NotificationPolicy.Propose(alert, Judge(alert, input, staff, now), staff));
    }

    private static Answer Judge(Candidate alert, DecisionInput input, Recipient staff, DateTimeOffset now)
    {
        var obstacle =
            staff.Obstacle
            ?? input.Order.Muted
            ?? (now - alert.HappenedAt > NotificationPolicy.StaleNews ? "It happened more than 7 days ago." : null)
            ?? (alert.WasRefusedOnTheSameFacts ? "The address of Shop.Staff refused the last message about this, and nothing has changed since." : null);
        if (obstacle is not null)
        {
            return new Answer(DecisionVerdict.Suppress, obstacle);
        }

        return alert.RestsUntil > now
            ? new Answer(DecisionVerdict.Wait, "The last message about this could not be delivered; it is tried again after a day.", alert.RestsUntil)
            : new Answer(DecisionVerdict.Send, alert.Reason);
    }
}
