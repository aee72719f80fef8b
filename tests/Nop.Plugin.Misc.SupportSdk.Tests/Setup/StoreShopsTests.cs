using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Support.Sdk.Shops;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Setup;

public sealed class StoreShopsTests
{
    private static readonly Store Store = new()
    {
        Id = 3,
        Name = "Corner shop",
        Url = "https://shop.example/",
    };

    private static readonly EmailAccount Account = new() { Id = 1, Email = "shop@shop.example" };

    [Fact]
    public void A_store_is_a_shop_of_its_own_name()
    {
        var shop = Of(new SupportSettings());

        Assert.Equal(("store-3", "Corner shop", "shop@shop.example"), (shop.Id, shop.Brand.Name, shop.Brand.EmailFrom));
        Assert.Equal(3, StoreShops.StoreIdOf(shop.Id));
        Assert.Equal("https://shop.example/order/history", shop.Brand.OrdersLink!.AbsoluteUri);
    }

    [Theory]
    [InlineData("main")]
    [InlineData("store-")]
    [InlineData("store--1")]
    [InlineData("store-1x")]
    [InlineData("store-99999999999")]
    public void What_is_no_store_has_no_number(string shop) => Assert.Null(StoreShops.StoreIdOf(shop));

    [Fact]
    public void A_fresh_installation_decides_and_sends_nothing_and_holds_the_first_twenty_afterwards()
    {
        var shop = Of(new SupportSettings());

        Assert.Equal((ShopMode.Shadow, 20), (shop.Mode, shop.HoldFirst));
        Assert.Null(shop.Tells);
    }

    [Fact]
    public void Nobody_is_warned_of_an_order_that_is_not_late_before_the_shop_has_said_how_early()
    {
        Assert.Equal(TimeSpan.Zero, Of(new SupportSettings()).AtRiskBefore);
        Assert.Equal(TimeSpan.FromHours(24), Of(new SupportSettings { WarnHours = 24 }).AtRiskBefore);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void A_warning_that_was_edited_into_nonsense_is_named(int hours) =>
        Assert.StartsWith("WarnHours: ", Assert.Throws<FormatException>(() => Of(new SupportSettings { WarnHours = hours })).Message, StringComparison.Ordinal);

    [Fact]
    public void Promises_survive_being_written_and_read()
    {
        PromiseRule[] rules =
        [
            new()
            {
                Method = "Ground",
                Country = "SE",
                Ship = 2,
                Deliver = 5,
            },
            new() { Ship = 3 },
        ];

        Assert.Equal(rules, StoreShops.Promises(StoreShops.Write(rules)));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("""[{"ship":"soon"}]""")]
    public void Promises_edited_into_nonsense_are_named(string json) =>
        Assert.StartsWith("Promises:", Assert.Throws<FormatException>(() => StoreShops.Promises(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_mode_that_does_not_exist_is_named() =>
        Assert.StartsWith("Mode:", Assert.Throws<FormatException>(() => Of(new SupportSettings { Mode = (SupportMode)7 })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Mon-Fri 09:00-17:00", DayOfWeek.Friday, "09:00-17:00")]
    [InlineData("Mon-Fri 09:00-17:00; Sat 10:00-14:00", DayOfWeek.Saturday, "10:00-14:00")]
    [InlineData("sat-mon 08:00-12:00", DayOfWeek.Sunday, "08:00-12:00")]
    public void Opening_hours_are_read_as_a_person_writes_them(string text, DayOfWeek day, string hours) =>
        Assert.Equal(hours, OpeningHours.Read(text).Week![day]);

    [Theory]
    [InlineData("always")]
    [InlineData("Mon")]
    [InlineData("Mon-Tue-Wed 09:00-17:00")]
    [InlineData("Mon 09:00-12:00; Mon 13:00-17:00")]
    [InlineData(";")]
    public void Opening_hours_that_cannot_be_read_are_named(string text) =>
        Assert.StartsWith("OpeningHours:", Assert.Throws<FormatException>(() => OpeningHours.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Empty_settings_mean_what_the_engine_means()
    {
        var settings = new SupportSettings
        {
            TimeZone = null!,
            Tells = null!,
            Promises = null!,
            OpeningHours = null!,
            Color = null!,
            Logo = null!,
        };

        var shop = Of(settings);

        Assert.Equal("Europe/Stockholm", shop.TimeZone);
        Assert.Null(shop.Hours);
        Assert.Empty(shop.PromisePolicies);
    }

    private static Support.Sdk.Shops.Shop Of(SupportSettings settings) =>
        StoreShops.Of(Store, settings, Account, language: null, TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm"));
}
