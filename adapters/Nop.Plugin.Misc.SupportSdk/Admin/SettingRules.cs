using System.Net.Mail;
using System.Text.RegularExpressions;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Support.Sdk.Orders;
using static Nop.Plugin.Misc.SupportSdk.Setup.ShopValues;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>What the settings must fulfil before they are saved, field by field.</summary>
internal static partial class SettingRules
{
    public const int MostHeld = 10_000;
    public const int LongestText = 400;

    /// <summary>Everything that is wrong with settings.</summary>
    /// <param name="settings">As they would be saved.</param>
    /// <param name="accounts">The mail accounts that there are.</param>
    public static IEnumerable<SettingFault> Faults(SupportSettings settings, IReadOnlyCollection<int> accounts) =>
        Choices(settings, accounts).Concat(Texts(settings)).Concat(Lists(settings));

    /// <summary>What is wrong with promises.</summary>
    public static IEnumerable<SettingFault> Faults(IReadOnlyList<PromiseRule> promises)
    {
        foreach (var rule in promises)
        {
            var name = $"{rule.Method ?? "*"} / {rule.Country ?? "*"}";
            if (rule is { Ship: null, Deliver: null })
            {
                yield return new SettingFault(nameof(SupportSettings.Promises), "Admin.Fault.Promise.Nothing", name);
            }

            if (rule.Ship is < 0 or > 365 || rule.Deliver is < 0 or > 365)
            {
                yield return new SettingFault(nameof(SupportSettings.Promises), "Admin.Fault.Promise.Days", name);
            }
            else if (rule.Deliver < rule.Ship)
            {
                yield return new SettingFault(nameof(SupportSettings.Promises), "Admin.Fault.Promise.Order", name);
            }

            if (!string.IsNullOrWhiteSpace(rule.Country) && !IsCountry(rule.Country))
            {
                yield return new SettingFault(nameof(SupportSettings.Promises), "Admin.Fault.Country", rule.Country);
            }

            if (rule.Method?.Length > LongestText)
            {
                yield return new SettingFault(nameof(SupportSettings.Promises), "Admin.Fault.TooLong", name);
            }
        }
    }

    private static IEnumerable<SettingFault> Choices(SupportSettings settings, IReadOnlyCollection<int> accounts)
    {
        if (!Enum.IsDefined(settings.Mode))
        {
            yield return new SettingFault(nameof(settings.Mode), "Admin.Fault.Mode");
        }

        if (!Enum.IsDefined(settings.RecordsDeliveries))
        {
            yield return new SettingFault(nameof(settings.RecordsDeliveries), "Admin.Fault.RecordsDeliveries");
        }

        if (Text(settings.TimeZone) is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            yield return new SettingFault(nameof(settings.TimeZone), "Admin.Fault.TimeZone", zone);
        }

        if (Text(settings.Country) is { } country && !IsCountry(country))
        {
            yield return new SettingFault(nameof(settings.Country), "Admin.Fault.Country", country);
        }

        if (settings.HoldFirst is < 0 or > MostHeld)
        {
            yield return new SettingFault(nameof(settings.HoldFirst), "Admin.Fault.HoldFirst");
        }

        if (settings.EmailAccountId != 0 && !accounts.Contains(settings.EmailAccountId))
        {
            yield return new SettingFault(nameof(settings.EmailAccountId), "Admin.Fault.EmailAccount");
        }
    }

    private static IEnumerable<SettingFault> Texts(SupportSettings settings)
    {
        (string Field, string? Value)[] texts =
        [
            (nameof(settings.OpeningHours), settings.OpeningHours),
            (nameof(settings.ShipsUnpaid), settings.ShipsUnpaid),
            (nameof(settings.StaffEmail), settings.StaffEmail),
            (nameof(settings.Contact), settings.Contact),
            (nameof(settings.Signature), settings.Signature),
            (nameof(settings.Logo), settings.Logo),
            (nameof(settings.ReturnAddress), settings.ReturnAddress?.ReplaceLineEndings(" ")),
        ];
        foreach (var (field, value) in texts.Where(text => text.Value?.Length > LongestText || text.Value?.Any(char.IsControl) == true))
        {
            yield return new SettingFault(field, "Admin.Fault.TooLong", field);
        }

        if (Text(settings.StaffEmail) is { } staff && !IsEmail(staff))
        {
            yield return new SettingFault(nameof(settings.StaffEmail), "Admin.Fault.Email", staff);
        }

        if (Text(settings.Color) is { } color && !HexColor().IsMatch(color))
        {
            yield return new SettingFault(nameof(settings.Color), "Admin.Fault.Color", color);
        }

        if (Text(settings.Logo) is { } logo && !(Uri.TryCreate(logo, UriKind.Absolute, out var link) && link.Scheme is "https"))
        {
            yield return new SettingFault(nameof(settings.Logo), "Admin.Fault.Logo", logo);
        }
    }

    private static IEnumerable<SettingFault> Lists(SupportSettings settings)
    {
        if (Text(settings.OpeningHours) is { } hours && !CanRead(() => OpeningHours.Read(hours)))
        {
            yield return new SettingFault(nameof(settings.OpeningHours), "Admin.Fault.OpeningHours", hours);
        }

        foreach (var kind in Kinds(settings.Tells).Where(kind => !NoticeKinds.All.Contains(kind, StringComparer.Ordinal)))
        {
            yield return new SettingFault(nameof(settings.Tells), "Admin.Fault.Tells", kind);
        }

        var promises = new List<PromiseRule>();
        if (!CanRead(() => promises.AddRange(StoreShops.Promises(settings.Promises))))
        {
            yield return new SettingFault(nameof(settings.Promises), "Admin.Fault.Promises");
        }

        foreach (var fault in Faults(promises))
        {
            yield return fault;
        }
    }

    /// <summary>The kinds of a setting.</summary>
    public static string[] Kinds(string? tells) => (tells ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool CanRead(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsCountry(string text) => text.Length == 2 && text.All(char.IsAsciiLetter);

    private static bool IsEmail(string text) =>
        !text.Any(char.IsWhiteSpace) && MailAddress.TryCreate(text, out var address) && string.Equals(address.Address, text, StringComparison.Ordinal);

    [GeneratedRegex("^#[0-9a-fA-F]{6}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex HexColor();
}

/// <summary>One thing that is wrong with a setting.</summary>
/// <param name="Field">The setting, or empty when it is about all of them.</param>
/// <param name="Key">The words that say what to do.</param>
/// <param name="Value">What was written there.</param>
internal sealed record SettingFault(string Field, string Key, string Value = "");
