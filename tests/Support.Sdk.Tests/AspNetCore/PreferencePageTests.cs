using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Contacts;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore;

public sealed class PreferencePageTests
{
    private static readonly ContactPoint Phone = new("sms", "+46700000001");

    [Fact]
    public async Task Reading_the_page_changes_nothing_however_often_a_scanner_does_it()
    {
        await using var application = await StartAsync();
        var link = await LinkAsync(application);

        foreach (var query in (string[])["", "?List-Unsubscribe=One-Click", "?form=preferences&saved=true"])
        {
            using var response = await application.GetAsync(link + query);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(0, (await ContactAsync(application)).Version);
        Assert.Empty(await HistoryAsync(application));
    }

    [Fact]
    public async Task What_is_saved_holds_is_shown_again_and_proves_itself()
    {
        await using var application = await StartAsync();
        var link = await LinkAsync(application, "1001");

        using var response = await PostAsync(
            application,
            link,
            ("form", "preferences"),
            ("channel", "email"),
            ("kind", NoticeKinds.OrderShipped),
            ("kind", NoticeKinds.OrderAtRisk),
            ("language", "sv"),
            ("offers", "yes")
        );

        Assert.Equal((HttpStatusCode.SeeOther, link + "?saved=true"), (response.StatusCode, response.Headers.Location?.ToString()));
        var chosen = (await ContactAsync(application)).Preferences!;
        Assert.Equal("sv", chosen.Culture);
        Assert.DoesNotContain(NoticeKinds.OrderDelayed, chosen.RefusedKinds);
        Assert.Contains(NoticeKinds.OrderDelivered, chosen.RefusedKinds);
        var word = Assert.Single(await HistoryAsync(application));
        Assert.Equal((MessageClass.Marketing, true, ConsentSource.PreferencePage), (word.Purpose, word.Granted, word.Source));
        Assert.Equal(("Yes, Tiny Shop may send me offers (E-mail)", "The signed link that came with order 1001."), (word.Wording, word.Evidence));
        var page = await ReadAsync(application, link + "?saved=true");
        Assert.Contains("Dina val är sparade.", page, StringComparison.Ordinal);
        Assert.Contains("""name="kind" value="order-shipped" checked""", page, StringComparison.Ordinal);
        Assert.DoesNotContain("""value="order-delivered" checked""", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saving_the_same_twice_says_nothing_twice()
    {
        await using var application = await StartAsync();
        var link = await LinkAsync(application);

        for (var time = 0; time < 2; time++)
        {
            using var response = await PostAsync(application, link, ("form", "preferences"), ("offers", "yes"));
        }

        var words = await HistoryAsync(application);
        Assert.Equal([(MessageClass.Marketing, true), (MessageClass.Transactional, false)], words.Select(word => (word.Purpose, word.Granted)));
    }

    [Fact]
    public async Task Whoever_refuses_the_only_channel_is_told_nothing_and_can_take_it_back()
    {
        await using var application = await StartAsync();
        var link = await LinkAsync(application);
        await application.AcceptAsync(Given.Snapshot());
        using (await PostAsync(application, link, ("form", "preferences"), ("kind", NoticeKinds.OrderAtRisk))) { }

        await application.AtAsync(Given.PromiseEnds.AddHours(-48));
        Assert.Empty(application.Channel.Messages);
        using (await PostAsync(application, link, ("form", "preferences"), ("channel", "email"), ("kind", NoticeKinds.OrderAtRisk))) { }
        await application.AtAsync(Given.PromiseEnds.AddHours(3));

        Assert.Single(application.Channel.Messages);
    }

    [Fact]
    public async Task Of_several_channels_the_first_can_be_chosen()
    {
        await using var application = await StartAsync();
        await application.AcceptAsync(Given.Snapshot() with { Customer = new OrderCustomer { ContactPoints = [Given.Email, Phone] } });
        await application.AtAsync(Given.Monday);
        var link = await LinkAsync(application);
        Assert.Contains("""name="channel" value="sms" checked""", await ReadAsync(application, link), StringComparison.Ordinal);

        using var response = await PostAsync(
            application,
            link,
            ("form", "preferences"),
            ("channel", "email"),
            ("channel", "sms"),
            ("first", "sms"),
            ("channel", "pigeon")
        );

        Assert.Equal(["sms", "email"], (await ContactAsync(application)).Preferences!.Channels);
        Assert.Contains("""<option value="sms" selected>""", await ReadAsync(application, link), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_click_ends_offers_at_once_without_a_redirect_and_once(bool isMultipart)
    {
        await using var application = await StartAsync();
        var link = await LinkAsync(application);
        await application.Get<IContactDesk>().ConsentAsync("main", Given.Email, Offers(Given.Monday.AddDays(-1)));

        for (var time = 0; time < 2; time++)
        {
            using HttpContent body = isMultipart
                ? new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } }
                : new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            using var response = await application.Client.PostAsync(new Uri(link, UriKind.Relative), body);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        var contact = await ContactAsync(application);
        Assert.Equal("The customer unsubscribed from offers.", contact.WhyNot(MessageClass.Marketing));
        Assert.Null(contact.WhyNot(MessageClass.Transactional));
        Assert.Equal([ConsentSource.Shop, ConsentSource.OneClick], (await HistoryAsync(application)).Select(word => word.Source));
    }

    [Fact]
    public async Task A_link_that_was_guessed_changed_expired_or_made_for_orders_shows_one_and_the_same_page()
    {
        await using var application = await StartAsync();
        var good = await LinkAsync(application);
        var orders = (await LinkAsync(application, purpose: LinkPurpose.OrderStatus)).Replace("/orders/", "/preferences/", StringComparison.Ordinal);
        var old = await LinkAsync(application, expiresAt: Given.Monday);
        string[] broken = [good[..^1] + (good[^1] == 'A' ? 'B' : 'A'), "/support/preferences/ada@example.com", orders, old];
        var answers = new HashSet<string>(StringComparer.Ordinal);

        foreach (var link in broken)
        {
            using var read = await application.GetAsync(link);
            using var posted = await PostAsync(application, link, ("List-Unsubscribe", "One-Click"));
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (read.StatusCode, posted.StatusCode));
            answers.Add(await read.Content.ReadAsStringAsync());
            answers.Add(await posted.Content.ReadAsStringAsync());
        }

        Assert.Contains("hello@shop.example", Assert.Single(answers), StringComparison.Ordinal);
        Assert.Equal(0, (await ContactAsync(application)).Version);
    }

    [Fact]
    public async Task What_is_no_answer_of_the_page_changes_nothing()
    {
        await using var application = await StartAsync();
        var link = new Uri(await LinkAsync(application), UriKind.Relative);
        HttpContent[] bodies =
        [
            new StringContent(""),
            new FormUrlEncodedContent([]),
            new FormUrlEncodedContent([new("List-Unsubscribe", "one-click")]),
            new StringContent("""{"form":"preferences"}""", Encoding.UTF8, "application/json"),
            new FormUrlEncodedContent([new("form", "preferences"), new("language", new string('x', 20_000))]),
            new FormUrlEncodedContent(Enumerable.Range(0, 500).Select(number => KeyValuePair.Create($"{number}", "x"))),
            new StreamContent(new MemoryStream(new byte[100_000])) { Headers = { { "Content-Type", "application/x-www-form-urlencoded" } } },
        ];

        foreach (var body in bodies)
        {
            using var response = await application.Client.PostAsync(link, body);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            body.Dispose();
        }

        Assert.Equal(0, (await ContactAsync(application)).Version);
    }

    [Fact]
    public async Task The_page_shows_no_address_runs_no_script_and_lets_nothing_out()
    {
        await using var application = await StartAsync(Given.Shop with { Brand = Given.Shop.Brand with { Name = "<b>Tiny</b> & Co" } });
        using var response = await application.GetAsync(await LinkAsync(application));
        var page = await response.Content.ReadAsStringAsync();

        Assert.DoesNotContain("ada@example.com", page, StringComparison.Ordinal);
        Assert.Contains("a…@example.com", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>Tiny", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("form-action 'self'", string.Join(' ', response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal(["no-referrer"], response.Headers.GetValues("Referrer-Policy"));
    }

    [Fact]
    public async Task The_page_says_when_nothing_is_sent_and_saving_gives_a_bouncing_address_another_try()
    {
        await using var application = await StartAsync();
        var link = await LinkAsync(application);
        await application.Get<ISuppressionDesk>().SuppressAsync("main", [Given.Email], "eve", "asked");

        Assert.Contains("At present we send nothing there", await ReadAsync(application, link), StringComparison.Ordinal);
        await application.Get<ISuppressionDesk>().RestoreAsync("main", Given.Email, "eve", "asked again");
        var contact = await ContactAsync(application);
        await application.Get<IContactStore>().SaveAsync([new ContactChange { Contact = contact with { Health = ContactHealth.Bouncing } }]);
        Assert.Contains("Our messages came back from there", await ReadAsync(application, link), StringComparison.Ordinal);
        using var response = await PostAsync(application, link, ("form", "preferences"), ("channel", "email"));
        Assert.Equal(ContactHealth.Fine, (await ContactAsync(application)).Health);
    }

    private static Task<SupportApplication> StartAsync(Shop? shop = null) =>
        SupportApplication.StartAsync(application => application.MapSupportPages(), support => support.AddShop(shop ?? Given.Shop));

    private static async Task<string> LinkAsync(
        SupportApplication application,
        string? order = null,
        LinkPurpose purpose = LinkPurpose.Preferences,
        DateTimeOffset? expiresAt = null
    )
    {
        var link = new SignedLink
        {
            Purpose = purpose,
            Shop = "main",
            Contact = Given.Email,
            OrderId = order,
            ExpiresAt = expiresAt ?? Given.Monday.AddDays(90),
        };
        return (await application.Get<ISupportLinks>().CreateAsync(link)).AbsolutePath;
    }

    private static async Task<string> ReadAsync(SupportApplication application, string link)
    {
        using var response = await application.GetAsync(link);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<HttpResponseMessage> PostAsync(SupportApplication application, string link, params (string Name, string Value)[] fields)
    {
        using var body = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await application.Client.PostAsync(new Uri(link, UriKind.Relative), body);
    }

    private static Task<Contact> ContactAsync(SupportApplication application) => application.Get<IContactDesk>().FindAsync("main", Given.Email);

    private static Task<IReadOnlyList<ConsentRecord>> HistoryAsync(SupportApplication application) =>
        application.Get<IContactDesk>().HistoryAsync("main", Given.Email);

    private static ConsentRecord Offers(DateTimeOffset at) =>
        new()
        {
            Purpose = MessageClass.Marketing,
            Granted = true,
            At = at,
            Source = ConsentSource.Shop,
        };
}
