using System.Globalization;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Templates;
using Xunit;

namespace Support.Sdk.Tests.Templates;

public sealed class TemplateChoiceTests
{
    [Theory]
    [InlineData("sv-SE", "sv-se")]
    [InlineData("sv_SE", "sv-se")]
    [InlineData("sv-FI", "sv")]
    [InlineData("zh-Hant-TW", "zh-Hant")]
    [InlineData("fr", "de")]
    [InlineData(null, "de")]
    [InlineData("en-GB", "en")]
    [InlineData("no such culture", "de")]
    public void The_customers_language_comes_first_then_the_shops(string? customer, string expected)
    {
        string[] cultures = ["sv", "sv-SE", "de", "zh-Hant"];
        var catalog = new TemplateCatalog(cultures.Select(culture => Notices.Template(culture: culture)));

        var found = catalog.Find(NoticeKinds.OrderShipped, new Shop { Id = "nordlys", Culture = "de-AT" }, customer);

        Assert.Equal(expected, found!.Language.Name, ignoreCase: true);
    }

    [Fact]
    public void English_is_the_last_resort()
    {
        Assert.Equal("en", new TemplateCatalog([]).Find(NoticeKinds.OrderShipped, new Shop { Id = "nordlys", Culture = "ja" }, "fi")!.Language.Name);
    }

    [Fact]
    public void The_shops_own_template_comes_before_the_general_one_of_the_same_language()
    {
        var catalog = new TemplateCatalog([
            Notices.Template(culture: "sv"),
            Notices.Template(culture: "sv") with
            {
                Shop = "nordlys",
                Origin = "own",
            },
            Notices.Template(culture: "en") with
            {
                Shop = "nordlys",
                Origin = "own English",
            },
        ]);

        Assert.Equal("own", catalog.Find(NoticeKinds.OrderShipped, Notices.Shop, "sv")!.Name);
        Assert.Equal("order-shipped.sv", catalog.Find(NoticeKinds.OrderShipped, Notices.Shop with { Id = "other" }, "sv")!.Name);
        Assert.Equal("own English", catalog.Find(NoticeKinds.OrderShipped, Notices.Shop, "fi")!.Name);
    }

    [Fact]
    public void A_registered_template_replaces_the_built_in_one()
    {
        var catalog = new TemplateCatalog([Notices.Template() with { Origin = "mine" }]);

        Assert.Equal("mine", catalog.Find(NoticeKinds.OrderShipped, Notices.Shop, "en")!.Name);
        Assert.Equal("order-delivered.en.txt", catalog.Find(NoticeKinds.OrderDelivered, Notices.Shop, "en")!.Name);
    }

    [Theory]
    [InlineData("2026-12-01T22:59:00Z", "Europe/Stockholm", "Tuesday, 1 December 2026")]
    [InlineData("2026-12-01T23:00:00Z", "Europe/Stockholm", "Wednesday, 2 December 2026")]
    [InlineData("2026-12-01T04:59:59Z", "America/New_York", "Monday, 30 November 2026")]
    [InlineData("2026-10-24T22:30:00Z", "Europe/Stockholm", "Sunday, 25 October 2026")]
    [InlineData("2028-02-29T12:00:00Z", "Asia/Tokyo", "Tuesday, 29 February 2028")]
    public void A_moment_is_told_as_the_day_at_the_customers_place(string moment, string zone, string expected)
    {
        var dates = new LocalDates(Language.English, TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal(expected, dates.Day(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_promised_date_is_shown_as_that_date_in_every_zone()
    {
        var promise = PromiseDate.On(new DateOnly(2026, 12, 1), "Pacific/Auckland");

        Assert.Equal("Tuesday, 1 December 2026", In("Pacific/Honolulu").Promise(promise));
    }

    [Fact]
    public void A_promised_moment_is_shown_with_its_time_and_zone()
    {
        var promise = PromiseDate.At(new DateTimeOffset(2026, 12, 1, 23, 30, 0, TimeSpan.Zero));

        Assert.Equal("Wednesday, 2 December 2026, 00:30 (UTC+01:00)", In("Europe/Stockholm").Promise(promise));
        Assert.Equal("Tuesday, 1 December 2026, 18:30 (UTC-05:00)", In("America/New_York").Promise(promise));
        Assert.Equal("Tuesday, 1 December 2026, 23:30 (UTC)", In("UTC").Promise(promise));
    }

    [Fact]
    public void A_date_that_a_calendar_does_not_reach_is_written_the_neutral_way()
    {
        var dates = new LocalDates(Language.Find("ar-SA")!, TimeZoneInfo.Utc);

        Assert.Equal("9999-12-31", dates.Day(DateOnly.MaxValue));
    }

    private static LocalDates In(string zone) => new(Language.English, TimeZoneInfo.FindSystemTimeZoneById(zone));
}
