using System.Collections.Concurrent;
using CsCheck;
using Support.Sdk.Channels;
using Xunit;
using static Support.Sdk.Tests.Channels.ChannelSample;

namespace Support.Sdk.Tests.Channels;

public sealed class ChannelChoicePropertyTests
{
    private static readonly Gen<(ChannelQuestion Question, ChannelAnswer Answer)> Answered = Any.Select(question =>
        (question, ChannelChoice.Choose(question, Now))
    );

    private static void Never(Func<ChannelQuestion, ChannelOption, bool> isChosen) =>
        Answered.Sample(
            (question, answer) =>
                Assert.DoesNotContain(
                    question.Channels,
                    option => string.Equals(option.Name, answer.Channel, StringComparison.Ordinal) && isChosen(question, option)
                ),
            iter: 2000
        );

    [Fact]
    public void A_refused_channel_is_never_chosen() => Never((_, option) => !option.HasConsent);

    [Fact]
    public void A_channel_without_an_address_is_never_chosen() => Never((_, option) => !option.IsReachable);

    [Fact]
    public void A_public_channel_never_gets_a_sensitive_matter() =>
        Never((question, option) => question.IsSensitive && !(option.Nature ?? ChannelNature.Known[option.Name]).IsPrivate);

    [Fact]
    public void A_closed_channel_never_gets_an_urgent_matter() => Never((question, option) => question.Urgency >= Urgency.High && option.OpensAt > Now);

    [Fact]
    public void A_live_channel_is_never_chosen_without_a_free_agent() =>
        Never((_, option) => (option.Nature ?? ChannelNature.Known[option.Name]).IsLive && option.FreeStaff == 0);

    [Fact]
    public void Every_channel_offered_is_either_chosen_or_passed_over() =>
        Answered.Sample(
            (question, answer) =>
            {
                var named = answer.PassedOver.Select(passed => passed.Channel).Concat(answer.Channel is { } chosen ? [chosen] : []);

                Assert.Equal(question.Channels.Select(option => option.Name).Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
            },
            iter: 2000
        );

    [Fact]
    public void A_possible_channel_is_passed_over_only_for_another() =>
        Answered.Sample(
            (_, answer) =>
                Assert.True(
                    answer.Channel is not null || answer.PassedOver.All(passed => !passed.Reason.StartsWith("It is possible", StringComparison.Ordinal))
                ),
            iter: 2000
        );

    [Fact]
    public void The_order_of_the_channels_does_not_matter() =>
        Answered
            .SelectMany(given => Gen.Shuffle(given.Question.Channels.ToArray()).Select(channels => (given.Question, given.Answer, Channels: channels)))
            .Sample((question, answer, channels) => AssertSame(answer, question with { Channels = channels }), iter: 2000);

    [Fact]
    public void Preferences_that_are_not_offered_do_not_matter() =>
        Answered.Sample(
            (question, answer) => AssertSame(answer, question with { Preferred = ["fax", .. question.Preferred.SelectMany(name => new[] { name, "pigeon" })] }),
            iter: 2000
        );

    [Fact]
    public void A_channel_that_was_passed_over_can_be_missed() =>
        Answered.Sample(
            (question, answer) =>
                Assert.All(
                    question.Channels.Where(option => !string.Equals(option.Name, answer.Channel, StringComparison.Ordinal)),
                    passed =>
                    {
                        var without = ChannelChoice.Choose(question with { Channels = [.. question.Channels.Where(option => option != passed)] }, Now);
                        Assert.Equal((answer.Channel, answer.Reason), (without.Channel, without.Reason));
                    }
                ),
            iter: 2000
        );

    [Fact]
    public void Every_rule_of_the_chart_is_reached_by_some_question()
    {
        var reasons = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);

        Answered.Sample(
            (_, answer) => Assert.All([answer.Reason, .. answer.PassedOver.Select(passed => passed.Reason)], reason => reasons[reason] = true),
            iter: 5000
        );

        Assert.Subset(
            reasons.Keys.ToHashSet(StringComparer.Ordinal),
            ChoiceRules
                .Obstacles.Select(rule => rule.Reason)
                .Concat(ChoiceRules.Picks.Select(rule => rule.Reason))
                .Append(ChoiceRules.NothingLeft)
                .ToHashSet(StringComparer.Ordinal)
        );
    }

    private static void AssertSame(ChannelAnswer expected, ChannelQuestion question)
    {
        var answer = ChannelChoice.Choose(question, Now);
        Assert.Equal((expected.Channel, expected.Reason), (answer.Channel, answer.Reason));
        Assert.Equal(expected.PassedOver, answer.PassedOver);
    }
}
