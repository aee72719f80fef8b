using CsCheck;
using Support.Sdk.Channels;

namespace Support.Sdk.Tests.Channels;

/// <summary>Questions to ask.</summary>
internal static class ChannelSample
{
    public static readonly DateTimeOffset Now = Given.Monday;

    private static readonly string[] Names = [.. ChannelNature.Known.Keys.Order(StringComparer.Ordinal), "portal"];

    private static readonly Gen<bool> Mostly = Gen.OneOf(true, true, true, false);

    private static readonly Gen<ChannelNature> Natures = Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int[0, 48])
        .Select(
            (isPrivate, isLive, takesLongTexts, hours) =>
                new ChannelNature
                {
                    IsPrivate = isPrivate,
                    IsLive = isLive,
                    TakesLongTexts = takesLongTexts,
                    AnswersWithin = TimeSpan.FromHours(hours),
                }
        );

    private static readonly Gen<ChannelOption> Options = Gen.Select(
            Gen.OneOf(Names),
            Mostly,
            Mostly,
            Gen.OneOf<int?>(null, null, -1, 0, 1, 24),
            Gen.OneOf<int?>(null, 0, 1, 5),
            Mostly,
            Natures
        )
        .Select(
            (name, isReachable, hasConsent, opensIn, freeStaff, isUsual, nature) =>
                new ChannelOption
                {
                    Name = name,
                    IsReachable = isReachable,
                    HasConsent = hasConsent,
                    OpensAt = opensIn is { } hours ? Now.AddHours(hours) : null,
                    FreeStaff = freeStaff,
                    Nature = isUsual && ChannelNature.Known.ContainsKey(name) ? null : nature,
                }
        );

    public static Gen<ChannelQuestion> Any { get; } =
        Gen.Select(
            Gen.Enum<Urgency>(),
            Gen.Enum<Complexity>(),
            Gen.Bool,
            Gen.OneOf([.. Names, "fax"]).Array[0, 3],
            Options.Array[0, 10],
            (urgency, complexity, isSensitive, preferred, options) =>
                new ChannelQuestion
                {
                    Urgency = urgency,
                    Complexity = complexity,
                    IsSensitive = isSensitive,
                    Preferred = preferred,
                    Channels = [.. options.DistinctBy(option => option.Name)],
                }
        );

    /// <summary>A plain matter of a customer who can be reached on the channels named, all of them open.</summary>
    public static ChannelQuestion Plain(params string[] channels) =>
        new()
        {
            Urgency = Urgency.Normal,
            Complexity = Complexity.Moderate,
            IsSensitive = false,
            Channels = [.. channels.Select(Open)],
        };

    public static ChannelOption Open(string channel) =>
        new()
        {
            Name = channel,
            IsReachable = true,
            HasConsent = true,
        };

    public static ChannelQuestion With(this ChannelQuestion question, ChannelOption option) => question with { Channels = [.. question.Channels, option] };
}
