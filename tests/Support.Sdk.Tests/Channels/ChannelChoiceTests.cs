using Support.Sdk.Channels;
using Xunit;
using static Support.Sdk.Tests.Channels.ChannelSample;

namespace Support.Sdk.Tests.Channels;

public sealed class ChannelChoiceTests
{
    private static readonly ChannelQuestion AnyChannel = Plain("email", "chat", "sms", "phone", "social", "self-service");

    private static string? Choose(ChannelQuestion question) => ChannelChoice.Choose(question, Now).Channel;

    private static string WhyNot(string channel, ChannelQuestion question) =>
        ChannelChoice.Choose(question, Now).PassedOver.Single(passed => string.Equals(passed.Channel, channel, StringComparison.Ordinal)).Reason;

    [Fact]
    public void Email_is_the_usual_channel() => Assert.Equal("email", Choose(AnyChannel));

    [Fact]
    public void The_preference_of_the_customer_wins() => Assert.Equal("sms", Choose(AnyChannel with { Preferred = ["sms", "email"] }));

    [Fact]
    public void The_preference_of_the_customer_wins_in_a_critical_and_complex_matter_too() =>
        Assert.Equal("sms", Choose(AnyChannel with { Preferred = ["sms"], Urgency = Urgency.Critical, Complexity = Complexity.Complex }));

    [Fact]
    public void A_preference_that_is_not_offered_gives_way_to_the_next() => Assert.Equal("social", Choose(AnyChannel with { Preferred = ["fax", "social"] }));

    [Fact]
    public void A_refused_channel_is_left_out_although_it_was_preferred()
    {
        var question = Plain("email").With(Open("sms") with { HasConsent = false }) with { Preferred = ["sms"] };

        Assert.Equal("email", Choose(question));
        Assert.Equal("The customer did not agree to be contacted there.", WhyNot("sms", question));
    }

    [Fact]
    public void A_channel_without_an_address_is_left_out()
    {
        var question = Plain("chat").With(Open("email") with { IsReachable = false });

        Assert.Equal("chat", Choose(question));
        Assert.Equal("The customer has no working address there.", WhyNot("email", question));
    }

    [Fact]
    public void A_sensitive_matter_never_goes_to_a_public_channel()
    {
        var question = Plain("email", "social") with { IsSensitive = true, Preferred = ["social"] };

        Assert.Equal("email", Choose(question));
        Assert.Equal("It is public, and the matter is sensitive.", WhyNot("social", question));
    }

    [Theory]
    [InlineData(Urgency.High)]
    [InlineData(Urgency.Critical)]
    public void An_urgent_matter_does_not_wait_for_a_channel_to_open(Urgency urgency)
    {
        var question = Plain("sms").With(Open("phone") with { OpensAt = Now.AddTicks(1) }) with { Urgency = urgency };

        Assert.Equal("sms", Choose(question));
        Assert.Equal("It is closed, and the matter is urgent.", WhyNot("phone", question));
    }

    [Fact]
    public void A_channel_is_open_from_its_opening_on()
    {
        var question = Plain("sms").With(Open("phone") with { OpensAt = Now }) with { Urgency = Urgency.High };

        Assert.Equal("phone", Choose(question));
    }

    [Theory]
    [InlineData(Urgency.Low)]
    [InlineData(Urgency.Normal)]
    public void A_matter_that_is_not_urgent_may_wait_for_the_preferred_channel_to_open(Urgency urgency)
    {
        var question = Plain("email").With(Open("phone") with { OpensAt = Now.AddDays(3) }) with { Urgency = urgency, Preferred = ["phone"] };

        Assert.Equal("phone", Choose(question));
    }

    [Fact]
    public void A_live_channel_without_a_free_agent_is_left_out()
    {
        var question = Plain("email").With(Open("chat") with { FreeStaff = 0 }) with { Preferred = ["chat"] };

        Assert.Equal("email", Choose(question));
        Assert.Equal("It is live, and no agent is free.", WhyNot("chat", question));
    }

    [Fact]
    public void Mail_waits_until_an_agent_is_free() => Assert.Equal("email", Choose(Plain("sms").With(Open("email") with { FreeStaff = 0 })));

    [Fact]
    public void What_is_critical_and_complex_is_talked_over_by_phone()
    {
        var slowPhone = Open("phone") with { Nature = ChannelNature.Known["phone"] with { AnswersWithin = TimeSpan.FromMinutes(10) } };
        var question = Plain("email", "chat").With(slowPhone) with { Urgency = Urgency.Critical, Complexity = Complexity.Complex };

        Assert.Equal("phone", Choose(question));
    }

    [Fact]
    public void What_is_critical_and_complex_goes_to_chat_without_a_phone()
    {
        var video = Open("video") with { Nature = ChannelNature.Known["phone"] };

        Assert.Equal("chat", Choose(Plain("email", "chat").With(video) with { Urgency = Urgency.Critical, Complexity = Complexity.Complex }));
    }

    [Fact]
    public void What_is_simple_goes_to_self_service() => Assert.Equal("self-service", Choose(AnyChannel with { Complexity = Complexity.Simple }));

    [Fact]
    public void What_is_simple_goes_to_self_service_even_when_it_is_urgent() =>
        Assert.Equal("self-service", Choose(AnyChannel with { Complexity = Complexity.Simple, Urgency = Urgency.Critical }));

    [Fact]
    public void What_is_urgent_and_complex_goes_to_a_live_channel() =>
        Assert.Equal("phone", Choose(AnyChannel with { Complexity = Complexity.Complex, Urgency = Urgency.High }));

    [Fact]
    public void What_is_urgent_goes_to_the_live_channel_that_answers_first()
    {
        var slowPhone = Open("phone") with { Nature = ChannelNature.Known["phone"] with { AnswersWithin = TimeSpan.FromMinutes(10) } };

        Assert.Equal("phone", Choose(AnyChannel with { Urgency = Urgency.High }));
        Assert.Equal("chat", Choose(Plain("email", "chat").With(slowPhone) with { Urgency = Urgency.High }));
    }

    [Fact]
    public void What_is_urgent_goes_to_a_private_channel_before_a_public_one()
    {
        var stream = Open("live-stream") with { Nature = ChannelNature.Known["phone"] with { IsPrivate = false } };

        Assert.Equal("chat", Choose(Plain("chat").With(stream) with { Urgency = Urgency.High }));
    }

    [Fact]
    public void What_is_complex_goes_to_the_channel_for_long_texts_that_answers_first()
    {
        var portal = Open("portal") with { Nature = ChannelNature.Known["email"] with { AnswersWithin = TimeSpan.FromHours(4) } };

        Assert.Equal("email", Choose(AnyChannel with { Complexity = Complexity.Complex }));
        Assert.Equal("portal", Choose(AnyChannel.With(portal) with { Complexity = Complexity.Complex }));
        Assert.Equal("email", Choose(AnyChannel.With(portal with { OpensAt = Now.AddHours(21) }) with { Complexity = Complexity.Complex }));
    }

    [Fact]
    public void Without_email_it_is_the_channel_that_answers_first() =>
        Assert.Equal("chat", Choose(Plain("chat", "sms", "social", "self-service").With(Open("phone") with { OpensAt = Now.AddHours(1) })));

    [Fact]
    public void Self_service_is_the_last_resort_for_what_is_not_simple() => Assert.Equal("self-service", Choose(Plain("self-service")));

    [Fact]
    public void No_channel_is_an_answer_too()
    {
        var answer = ChannelChoice.Choose(Plain().With(Open("sms") with { HasConsent = false }), Now);

        Assert.Null(answer.Channel);
        Assert.Equal("None of the channels that were offered is possible.", answer.Reason);
        Assert.Equal([new PassedOver("sms", "The customer did not agree to be contacted there.")], answer.PassedOver);
    }

    [Fact]
    public void Of_several_reasons_the_first_is_given()
    {
        var social = Open("social") with { IsReachable = false, HasConsent = false, OpensAt = Now.AddHours(1) };

        Assert.Equal("The customer has no working address there.", WhyNot("social", Plain().With(social) with { Urgency = Urgency.High, IsSensitive = true }));
    }

    [Fact]
    public void Of_two_channels_that_answer_at_the_same_time_the_first_by_name_is_chosen() => Assert.Equal("sms", Choose(Plain("social", "sms")));

    [Fact]
    public void The_answer_says_why_and_what_was_passed_over()
    {
        var answer = ChannelChoice.Choose(Plain("social", "email").With(Open("chat") with { FreeStaff = 0 }), Now);

        Assert.Equal("No better channel is possible, and email is the usual one.", answer.Reason);
        Assert.Equal(
            [new PassedOver("chat", "It is live, and no agent is free."), new PassedOver("social", "It is possible, but email comes first.")],
            answer.PassedOver
        );
    }
}
