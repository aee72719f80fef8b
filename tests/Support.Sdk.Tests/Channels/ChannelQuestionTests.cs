using Support.Sdk.Channels;
using Xunit;
using static Support.Sdk.Tests.Channels.ChannelSample;

namespace Support.Sdk.Tests.Channels;

public sealed class ChannelQuestionTests
{
    private static void AssertFault(string expected, ChannelQuestion question)
    {
        var fault = Assert.Throws<ArgumentException>(nameof(question), () => ChannelChoice.Choose(question, Now));
        Assert.Equal($"{expected} (Parameter 'question')", fault.Message);
    }

    private static ChannelQuestion Answering(TimeSpan within) =>
        Plain().With(Open("chat") with { Nature = ChannelNature.Known["chat"] with { AnswersWithin = within } });

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void A_channel_needs_a_name(string name) =>
        AssertFault("A channel has no name. Set ChannelOption.Name, for example to email.", Plain("email", name));

    [Theory]
    [InlineData("fax")]
    [InlineData("Email")]
    public void A_name_that_is_not_known_needs_a_nature(string name) =>
        AssertFault($"The channel '{name}' is not known. Set its Nature, or use one of chat, email, phone, self-service, sms, social.", Plain("email", name));

    [Fact]
    public void A_channel_is_offered_once() =>
        AssertFault("The channel 'sms' is offered more than once. Offer each channel once.", Plain("sms", "email", "sms"));

    [Fact]
    public void Free_staff_is_not_negative() =>
        AssertFault(
            "The channel 'chat' has less than no free staff. Set FreeStaff to 0 or more, or to null for no limit.",
            Plain().With(Open("chat") with { FreeStaff = -1 })
        );

    [Fact]
    public void An_answer_takes_at_least_no_time() =>
        AssertFault("The channel 'chat' answers within -00:00:00.0000001. Set AnswersWithin to between zero and 365 days.", Answering(TimeSpan.FromTicks(-1)));

    [Fact]
    public void An_answer_takes_at_most_a_year()
    {
        Assert.Equal("chat", ChannelChoice.Choose(Answering(TimeSpan.FromDays(365)), Now).Channel);
        AssertFault(
            "The channel 'chat' answers within 365.00:00:00.0000001. Set AnswersWithin to between zero and 365 days.",
            Answering(TimeSpan.FromDays(365) + TimeSpan.FromTicks(1))
        );
    }

    [Fact]
    public void A_channel_may_never_open_again()
    {
        var closed = Open("portal") with
        {
            OpensAt = DateTimeOffset.MaxValue,
            Nature = ChannelNature.Known["email"] with { AnswersWithin = TimeSpan.FromDays(365) },
        };

        Assert.Equal("sms", ChannelChoice.Choose(Plain("sms").With(closed), DateTimeOffset.MinValue).Channel);
    }

    [Fact]
    public void A_question_is_needed() => Assert.Throws<ArgumentNullException>(() => ChannelChoice.Choose(null!, Now));

    [Fact]
    public void Nothing_to_choose_from_is_no_fault() => Assert.Null(ChannelChoice.Choose(Plain(), Now).Channel);
}
