namespace Support.Sdk.Contacts;

/// <summary>What retention may be set to.</summary>
internal static class RetentionRules
{
    /// <exception cref="InvalidOperationException">A time is shorter than what the engine itself needs.</exception>
    public static void Check(RetentionOptions options)
    {
        // An order that goes while its snapshots still come would be seen for the first time again and again.
        AtLeast(options.FinishedOrders, 30, "FinishedOrders");
        AtLeast(options.ClosedTickets, 30, "ClosedTickets");
        AtLeast(options.ParkedEvents, 1, "ParkedEvents");
        // As long as news is news; see NotificationPolicy.
        AtLeast(options.EventIds, 7, "EventIds");
    }

    private static void AtLeast(TimeSpan? value, int days, string name)
    {
        if (value < TimeSpan.FromDays(days))
        {
            throw new InvalidOperationException($"Support:Retention:{name} is {value}. Set it to at least {days} days, or to null to keep for ever.");
        }
    }
}
