using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>The sentences that are values of the model, in one language.</summary>
internal interface INoticeWords
{
    /// <summary>Stands for a carrier without a name; begins a sentence.</summary>
    string TheCarrier { get; }

    /// <summary>The text of the link to a customer's preferences.</summary>
    string Preferences { get; }

    string NoReason { get; }

    string CannotBeTracked { get; }

    string Day(DateOnly day);

    string Days(int days);

    string Hours(TimeSpan time);

    /// <summary>How a letter begins; the name may be empty.</summary>
    string Greeting(BrandVoice voice, string name);

    string Apology(BrandVoice voice);

    /// <summary>What stands before the signature, or empty.</summary>
    string Closing(BrandVoice voice);

    string Headline(DelayStory story, string number);

    string Statement(DelayStory story, string number);

    /// <summary>What stands beside the news: an apology, or why we write so early; empty beside good news.</summary>
    string Care(DelayStory story, BrandVoice voice);

    /// <summary>What was promised; empty where nothing was.</summary>
    /// <param name="shipDate">By when it was to be shipped, or empty.</param>
    /// <param name="arrivalDate">By when it was to arrive, or empty.</param>
    /// <param name="isLastTold">It is not the first promise, but what we told last.</param>
    string Promise(string shipDate, string arrivalDate, bool isLastTold);

    /// <param name="kind">The signal.</param>
    /// <param name="cause">The explanation of <paramref name="who"/>, in its own words, or empty.</param>
    /// <param name="who">Who knows.</param>
    /// <param name="expected">The arrival that the carrier announces, or empty.</param>
    string Cause(DelaySignalKind kind, string cause, string who, string expected);

    string NewDate(DelayStory story, string date);

    string NextWord(string date);

    IReadOnlyList<string> Options(OptionFacts facts);

    /// <summary>What a carrier says about a parcel, or that it does not say.</summary>
    string Report(string kind, string who, string quote);

    /// <summary>When a new order ships and arrives, as it was promised; empty where nothing was.</summary>
    string Plan(string shipDate, string arrivalDate);

    /// <summary>What happens next with a new order.</summary>
    string Next(bool tellsShipped);

    string OrderState(PastOrderState state);

    /// <summary>A signal, as the shop's own people read it.</summary>
    string Alert(DelaySignalKind kind, string since, string parcel, string quote);
}

/// <summary>What decides what a customer can do now.</summary>
/// <param name="Kind">The kind of the message.</param>
/// <param name="IsShipped">Everything that it names is with a carrier.</param>
/// <param name="HasOrderPage">The shop has a page on which orders are changed.</param>
/// <param name="CanBeFollowed">A parcel has a page at its carrier's.</param>
/// <param name="IsBetter">The news is good.</param>
internal readonly record struct OptionFacts(string Kind, bool IsShipped, bool HasOrderPage, bool CanBeFollowed, bool IsBetter);

/// <summary>How an earlier order of the customer stands.</summary>
internal enum PastOrderState
{
    Open,
    Shipped,
    Delivered,
    Cancelled,
    Completed,
}
