using Nop.Plugin.Misc.SupportSdk.Admin;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Admin;

public sealed class SettingRulesTests
{
    [Fact]
    public void Settings_as_they_are_installed_are_right()
    {
        Assert.Empty(SettingRules.Faults(new SupportSettings(), [1]));
    }

    [Fact]
    public void Settings_that_are_filled_in_are_right()
    {
        var settings = new SupportSettings
        {
            Mode = SupportMode.Live,
            TimeZone = "Europe/Stockholm",
            Country = "SE",
            OpeningHours = "Mon-Fri 09:00-17:00; Sat 10:00-14:00",
            Tells = "order-delayed,order-shipped",
            Promises = """[{"ship":2,"deliver":5},{"method":"Air","country":"no","ship":1}]""",
            StaffEmail = "staff@shop.example",
            EmailAccountId = 1,
            Contact = "+46 8 123",
            Color = "#1F4e79",
            Logo = "https://shop.example/logo.png",
        };

        Assert.Empty(SettingRules.Faults(settings, [1]));
    }

    public static TheoryData<string, string> Wrong =>
        new()
        {
            { nameof(SupportSettings.TimeZone), "Mars/Olympus" },
            { nameof(SupportSettings.Country), "Sweden" },
            { nameof(SupportSettings.Country), "S1" },
            { nameof(SupportSettings.OpeningHours), "whenever" },
            { nameof(SupportSettings.Tells), "order-delayed,order-eaten" },
            { nameof(SupportSettings.Promises), "{" },
            { nameof(SupportSettings.Promises), "[{}]" },
            { nameof(SupportSettings.Promises), """[{"ship":-1}]""" },
            { nameof(SupportSettings.Promises), """[{"deliver":366}]""" },
            { nameof(SupportSettings.Promises), """[{"ship":5,"deliver":2}]""" },
            { nameof(SupportSettings.Promises), """[{"ship":5,"country":"SWE"}]""" },
            { nameof(SupportSettings.StaffEmail), "staff" },
            { nameof(SupportSettings.StaffEmail), "Staff <staff@shop.example>" },
            { nameof(SupportSettings.Contact), "one\ntwo" },
            { nameof(SupportSettings.Color), "blue" },
            { nameof(SupportSettings.Logo), "http://shop.example/logo.png" },
            { nameof(SupportSettings.Logo), "/etc/passwd" },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Every_wrong_text_is_named(string field, string value)
    {
        var settings = new SupportSettings();
        typeof(SupportSettings).GetProperty(field)!.SetValue(settings, value);

        Assert.Equal(field, Assert.Single(SettingRules.Faults(settings, [1])).Field);
    }

    [Theory]
    [InlineData(nameof(SupportSettings.OpeningHours))]
    [InlineData(nameof(SupportSettings.ShipsUnpaid))]
    [InlineData(nameof(SupportSettings.Contact))]
    [InlineData(nameof(SupportSettings.Signature))]
    [InlineData(nameof(SupportSettings.ReturnAddress))]
    public void A_text_that_is_far_too_long_is_named(string field)
    {
        var settings = new SupportSettings();
        typeof(SupportSettings).GetProperty(field)!.SetValue(settings, new string('x', 5000));

        Assert.Contains(new SettingFault(field, "Admin.Fault.TooLong", field), SettingRules.Faults(settings, [1]));
    }

    [Fact]
    public void Every_wrong_choice_is_named()
    {
        var settings = new SupportSettings
        {
            Mode = (SupportMode)3,
            RecordsDeliveries = (Observed)3,
            HoldFirst = -1,
            EmailAccountId = 9,
        };

        Assert.Equal(
            [
                nameof(SupportSettings.Mode),
                nameof(SupportSettings.RecordsDeliveries),
                nameof(SupportSettings.HoldFirst),
                nameof(SupportSettings.EmailAccountId),
            ],
            SettingRules.Faults(settings, [1]).Select(fault => fault.Field)
        );
    }
}
