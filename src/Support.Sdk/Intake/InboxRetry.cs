namespace Support.Sdk.Intake;

/// <summary>When an event that failed is tried again, and when it is put aside.</summary>
internal static class InboxRetry
{
    /// <summary>Why an event of an unknown shop is parked.</summary>
    public const string UnknownShop = "The shop is not set up. Add it, then replay the event.";

    private const int MaxAttempts = 5;

    public static InboxResult After(InboxEntry entry, string reason, DateTimeOffset now)
    {
        var parked = entry.Attempts >= MaxAttempts;
        return new InboxResult
        {
            Id = entry.Id,
            LeaseToken = entry.LeaseToken,
            State = parked ? InboxState.Parked : InboxState.Pending,
            DueAt = parked ? null : now + (TimeSpan.FromSeconds(10) * (1 << entry.Attempts)),
            Reason = reason,
        };
    }
}
