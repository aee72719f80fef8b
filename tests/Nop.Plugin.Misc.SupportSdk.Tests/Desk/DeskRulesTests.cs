using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Misc.SupportSdk.Desk;
using Nop.Plugin.Misc.SupportSdk.Localization;
using Nop.Web.Framework.Mvc.Filters;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Desk;

public sealed partial class DeskRulesTests
{
    private static readonly Type[] Controllers = [typeof(SupportOrdersController), typeof(SupportMessagesController), typeof(SupportTicketsController)];

    [Fact]
    public void Every_action_asks_for_a_permission_and_every_change_for_a_token()
    {
        foreach (var action in Controllers.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)))
        {
            Assert.NotNull(action.GetCustomAttribute<CheckPermissionAttribute>());
            Assert.True(
                action.GetCustomAttribute<HttpGetAttribute>() is not null || action.GetCustomAttribute<ValidateAntiForgeryTokenAttribute>() is not null
            );
        }

        Assert.All(Controllers, type => Assert.NotNull(type.GetCustomAttribute<AuthorizeAdminAttribute>(inherit: true)));
    }

    [Fact]
    public void English_and_Swedish_say_the_same_things()
    {
        var (english, swedish) = (LocalizationStep.Read("en"), LocalizationStep.Read("sv"));

        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), swedish.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(swedish.Concat(english), word => string.IsNullOrWhiteSpace(word.Value) || word.Value.Contains('<', StringComparison.Ordinal));
    }

    [Fact]
    public void Every_value_that_a_page_names_has_its_word()
    {
        var words = LocalizationStep.Read("en");
        string[] names =
        [
            .. Names<OrderShow>("Orders.Show"),
            .. Names<OrderStanding>("Standing"),
            .. Names<DelaySignalKind>("Signal"),
            .. Names<PromiseSource>("Source"),
            .. Names<DecisionVerdict>("Verdict"),
            .. Names<DeliveryState>("State"),
            .. Names<MessageShow>("Messages.Show"),
            .. Names<TicketShow>("Tickets.Show"),
            .. Names<TicketOrder>("Tickets.Sort"),
            .. Names<TicketStatus>("TicketStatus"),
            .. Names<TicketPriority>("Priority"),
            .. Names<TicketKind>("Kind"),
            .. Names<TicketEntryKind>("Entry"),
            .. Names<SlaMetric>("Metric"),
            .. Names<SlaClockState>("Clock"),
            "Clock.Broken",
        ];

        Assert.All(names, name => Assert.Contains($"Plugins.Misc.SupportSdk.Desk.{name}", words.Keys));
    }

    [Fact]
    public void Every_occasion_has_its_word_and_one_of_another_kind_is_shown_as_it_is()
    {
        var words = LocalizationStep.Read("sv");

        Assert.All(OccasionNames.Kinds, kind => Assert.Contains($"Plugins.Misc.SupportSdk.Admin.Kind.{kind}", words.Keys));
        Assert.Equal(NoticeKinds.OrderDelayed, OccasionNames.KindOf(new Occasion(NoticeKinds.OrderDelayed, Number: 2).ToString()));
        Assert.Null(OccasionNames.KindOf("something/else"));
    }

    [Fact]
    public void Every_word_that_is_written_in_a_page_or_a_controller_is_there()
    {
        var words = LocalizationStep.Read("en");
        var folder = Path.Combine(Repository(), "adapters", "Nop.Plugin.Misc.SupportSdk");
        var texts = Directory
            .EnumerateFiles(Path.Combine(folder, "Views", "Desk"))
            .Concat(Directory.EnumerateFiles(Path.Combine(folder, "Desk")))
            .Select(File.ReadAllText)
            .ToList();
        var used = texts.SelectMany(text => Used().Matches(text)).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal).ToList();

        Assert.True(used.Count > 100);
        Assert.All(used, name => Assert.Contains($"Plugins.Misc.SupportSdk.Desk.{name}", words.Keys));
        Assert.DoesNotContain(texts, text => text.Contains("Html.Raw", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Names<T>(string area)
        where T : struct, Enum => Enum.GetNames<T>().Select(name => $"{area}.{name}");

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Support.Sdk.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    // As a whole: a name that ends with a dot goes on with a value. The facts of a page are pairs that begin with a name.
    [GeneratedRegex(
        """(?:words \+ |WordAsync\(|SayAsync\(|^ {8}\()"(?<name>([A-Z][A-Za-z]+\.)?[A-Z][A-Za-z]+)"|, "(?<name>[A-Z][A-Za-z]+\.[A-Z][A-Za-z]+)\x22""",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Used();
}
