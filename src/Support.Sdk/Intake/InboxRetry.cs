namespace Support.Sdk.Intake;

/// <summary>When an event that failed is tried again, and when it is put aside.</summary>
internal static class InboxRetry
{
    private const int MaxAttempts = 5;

    public static InboxResult After(InboxEntry entry, string reason, DateTimeOffset now)
    {
        var parked = entry.Attempts >= MaxAttempts;
        return new InboxResult
        {
            Id = entry.Id,
            State = parked ? InboxState.Parked : InboxState.Pending,
            DueAt = parked ? null : now + (TimeSpan.FromSeconds(10) * (1 << entry.Attempts)),
            Reason = reason,
        };
    }
}
