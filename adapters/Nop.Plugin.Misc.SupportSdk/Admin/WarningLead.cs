namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>How long before the end of a promise customers would have been warned that their order may be late, and what came of it.</summary>
/// <param name="Hours">So many hours; 0 to tell them only when the promise has ended.</param>
/// <param name="Orders">The orders of the history.</param>
/// <param name="ToldInTime">Late orders whose customer was told before the promise had ended.</param>
/// <param name="FalseAlarms">Orders whose customer was told of a delay, and that came in time.</param>
public sealed record WarningLead(int Hours, long Orders, long ToldInTime, long FalseAlarms)
{
    // One customer in so many who is worried for nothing is too many.
    private const int OneIn = 10;

    /// <summary>What is tried with the history, the longest first.</summary>
    public static IReadOnlyList<int> Choices { get; } = [48, 24, 12, 0];

    /// <summary>Whether too many customers are worried for nothing: more than one in ten.</summary>
    public bool WorriesTooMany => IsTooMany(FalseAlarms, Orders);

    /// <summary>Whether too many customers are worried for nothing: more than one in ten.</summary>
    public static bool IsTooMany(long falseAlarms, long orders) => falseAlarms * OneIn > orders;

    /// <summary>The longest of what was tried that does not worry too many; 0 when each does.</summary>
    public static int Propose(IEnumerable<WarningLead> tried) => tried.Where(lead => !lead.WorriesTooMany).Select(lead => lead.Hours).DefaultIfEmpty().Max();
}
