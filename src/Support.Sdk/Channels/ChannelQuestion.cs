namespace Support.Sdk.Channels;

/// <summary>What is known when a channel is chosen for one matter of one customer; see <see cref="ChannelChoice"/>.</summary>
public sealed record ChannelQuestion
{
    /// <summary>How soon the customer needs an answer.</summary>
    public required Urgency Urgency { get; init; }

    /// <summary>How much has to be explained.</summary>
    public required Complexity Complexity { get; init; }

    /// <summary>True for personal and payment matters, which never go to a public channel.</summary>
    public required bool IsSensitive { get; init; }

    /// <summary>The names of the channels that the customer prefers, the most preferred first. Default: none.</summary>
    /// <remarks>A name that is not among <see cref="Channels"/> is ignored.</remarks>
    public IReadOnlyList<string> Preferred { get; init; } = [];

    /// <summary>The channels that the shop has, each once, in any order.</summary>
    public required IReadOnlyList<ChannelOption> Channels { get; init; }
}

/// <summary>How soon the customer needs an answer.</summary>
public enum Urgency
{
    /// <summary>Whenever it suits.</summary>
    Low,

    /// <summary>Within the shop's usual time.</summary>
    Normal,

    /// <summary>Today. Like <see cref="Critical"/> it is urgent: a closed channel will not do.</summary>
    High,

    /// <summary>Now.</summary>
    Critical,
}

/// <summary>How much has to be explained.</summary>
public enum Complexity
{
    /// <summary>One question with a known answer, such as where an order is.</summary>
    Simple,

    /// <summary>A few questions and answers.</summary>
    Moderate,

    /// <summary>Several facts, pictures or documents.</summary>
    Complex,
}
