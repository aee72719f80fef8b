using Support.Sdk.Contacts;
using Support.Sdk.Orders;
using Xunit;

namespace Support.Sdk.Tests.Contacts;

public sealed class RecipientTests
{
    private static readonly ContactPoint Phone = new("sms", "+46700000001");

    [Fact]
    public void An_address_that_is_closed_is_passed_over_for_the_next()
    {
        Contact[] closed =
        [
            Known(Given.Email) with
            {
                Suppressed = new ContactAct { At = Given.Monday, By = "ada" },
            },
            Known(Given.Email) with
            {
                Health = ContactHealth.Bouncing,
            },
            Known(Given.Email) with
            {
                Health = ContactHealth.Complained,
            },
            Known(Given.Email) with
            {
                Consents = [new ConsentWord(MessageClass.Transactional, Granted: false, Given.Monday)],
            },
        ];

        Assert.Equal(Given.Email, Choose().ContactPoint);
        Assert.All(closed, contact => Assert.Equal(Phone, Choose(contact).ContactPoint));
        Assert.All(
            closed,
            contact =>
                Assert.Equal(
                    contact.WhyNot(MessageClass.Transactional),
                    Choose(contact, Known(Phone) with { Health = ContactHealth.Complained }, only: Given.Email).Obstacle
                )
        );
    }

    [Fact]
    public void A_word_about_offers_says_nothing_about_notices()
    {
        var unsubscribed = Known(Given.Email) with { Consents = [new ConsentWord(MessageClass.Marketing, Granted: false, Given.Monday)] };

        Assert.Equal(Given.Email, Choose(unsubscribed).ContactPoint);
    }

    [Theory]
    [InlineData(true, -1, false)]
    [InlineData(true, 1, true)]
    [InlineData(false, -1, true)]
    [InlineData(false, 1, false)]
    public void Of_the_order_s_word_and_the_contact_s_the_newer_holds(bool contactGrants, int hoursAfterOrder, bool isTold)
    {
        var word = new ConsentWord(MessageClass.Transactional, contactGrants, Given.Monday.AddHours(hoursAfterOrder));
        var consent = new ContactConsent("email", MessageClass.Transactional, !contactGrants);

        var recipient = Choose(Known(Given.Email) with { Consents = [word] }, only: Given.Email, consent: consent);

        Assert.Equal(isTold, recipient.ContactPoint is not null);
    }

    [Fact]
    public void The_customer_s_own_order_of_channels_counts()
    {
        Assert.Equal(Phone, Choose(Wishing(["sms", "email"])).ContactPoint);
        Assert.Equal(Phone, Choose(Wishing(["sms"])).ContactPoint);
        Assert.Equal("The customer chose to be told on none of the order's channels.", Choose(Wishing(["push"])).Obstacle);
    }

    [Fact]
    public void Of_several_choices_the_newest_holds_for_the_whole_order()
    {
        var older = Wishing(["email"]);
        var newer = Known(Phone) with
        {
            Preferences = new ContactPreferences
            {
                Channels = ["sms"],
                Culture = "sv",
                At = Given.Monday.AddHours(1),
            },
        };

        var recipient = Choose(older, newer);

        Assert.Equal((Phone, "sv"), (recipient.ContactPoint, recipient.Culture));
    }

    [Fact]
    public void A_kind_that_is_not_wanted_is_not_told_and_others_are()
    {
        var recipient = Choose(
            Known(Given.Email) with
            {
                Preferences = new ContactPreferences { RefusedKinds = [NoticeKinds.OrderShipped], At = Given.Monday },
            }
        );

        Assert.Equal("The customer does not want order-shipped.", recipient.ObstacleTo(NoticeKinds.OrderShipped));
        Assert.Null(recipient.ObstacleTo(NoticeKinds.OrderDelayed));
    }

    [Fact]
    public void An_address_written_in_capitals_is_the_known_one()
    {
        var loud = Given.Email with { Value = " ADA@Example.com" };

        Assert.Equal("The customer reported a message as spam.", Choose(Known(Given.Email) with { Health = ContactHealth.Complained }, only: loud).Obstacle);
    }

    [Fact]
    public void Offers_need_a_word_of_consent()
    {
        var asked = Known(Given.Email) with { Consents = [new ConsentWord(MessageClass.Marketing, Granted: true, Given.Monday)] };

        Assert.Equal("The customer never agreed to offers.", Known(Given.Email).WhyNot(MessageClass.Marketing));
        Assert.Null(asked.WhyNot(MessageClass.Marketing));
    }

    private static Contact Wishing(string[] channels) =>
        Known(Given.Email) with
        {
            Preferences = new ContactPreferences { Channels = channels, At = Given.Monday },
        };

    private static Contact Known(ContactPoint point) =>
        new()
        {
            Shop = "main",
            Key = point.Value,
            Point = point.Canonical(),
            Version = 1,
        };

    private static Recipient Choose(params Contact[] contacts) => Choose(contacts, null, null);

    private static Recipient Choose(Contact contact, ContactPoint only, ContactConsent? consent = null) => Choose([contact], only, consent);

    private static Recipient Choose(Contact first, Contact second, ContactPoint only) => Choose([first, second], only, null);

    private static Recipient Choose(Contact[] contacts, ContactPoint? only, ContactConsent? consent)
    {
        var customer = new OrderCustomer { ContactPoints = only is null ? [Given.Email, Phone] : [only], Consents = consent is null ? [] : [consent] };
        var order = Given.Order(Given.Snapshot() with { Customer = customer });
        return Recipient.Choose(
            new DecisionInput
            {
                Order = order,
                Assessment = new DelayAssessor().Assess(order, Given.View, Given.Monday),
                Shop = Given.View,
                Channels = ["email", "sms"],
                Contacts = contacts,
            }
        );
    }
}
