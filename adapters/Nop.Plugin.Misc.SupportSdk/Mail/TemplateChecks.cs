using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Support.Sdk.Templates;
using MessageTemplate = Support.Sdk.Templates.MessageTemplate;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>Finds what the engine would refuse in a template, before a customer waits for it: made-up orders are written with it. Each template is looked at once.</summary>
internal sealed partial class TemplateChecks
{
    private const int MostKept = 2000;

    private static readonly (string Fact, string Token)[] Tokens =
    [
        ("order.number", "Order.OrderNumber"),
        ("items", "Support.Items"),
        ("promise.", "Support.Promise"),
        ("delay.new_date", "Support.NewDate"),
        ("delay.causes", "Support.Reasons"),
        ("delay.quotes", "Support.Reasons"),
        ("delay.reason_text", "Support.Reasons"),
        ("delay.", "Support.Statement"),
        ("next_word.", "Support.NextWord"),
        ("options.", "Support.Options"),
        ("parcels.", "Support.Parcels"),
        ("report.", "Support.Report"),
        ("plan.next_text", "Support.PlanNext"),
        ("plan.", "Support.Plan"),
        ("delivered.", "Support.DeliveredDate"),
        ("brand.orders_link", "Order.OrderURLForCustomer"),
        ("brand.contact", "Support.Contact"),
        ("ticket.number", "Ticket.Number"),
        ("ticket.subject", "Ticket.Subject"),
        ("answer.hours", "Support.Hours"),
        ("answer.", "Support.Answer"),
        ("reply.", "Support.Reply"),
    ];

    private readonly ConcurrentDictionary<MessageTemplate, string> _known = new();
    private readonly MessageWriter _writer = new();

    /// <summary>What is wrong with a template, and what to write; null when nothing is.</summary>
    public string? FaultOf(MessageTemplate template)
    {
        if (_known.Count > MostKept)
        {
            _known.Clear();
        }

        return _known.GetOrAdd(template, Look) is { Length: > 0 } fault ? fault : null;
    }

    private string Look(MessageTemplate template)
    {
        var faults = new List<TemplateFault>();
        if (TemplateParts.Parse(template, faults) is not { } parts || faults.Count > 0)
        {
            return string.Join(" ", faults.Select(fault => fault.Message).Distinct(StringComparer.Ordinal));
        }

        var failure = (ShopTemplates.IsTicket(template.Kind) ? TicketPreviews.All : PreviewScenarios.All)
            .Where(scenario => string.Equals(scenario.Kind, template.Kind, StringComparison.Ordinal))
            .Select(scenario => Write(scenario, parts, template.Culture).Failure)
            .FirstOrDefault(failure => failure is not null);
        return failure is null ? "" : Explain(failure);
    }

    private MessageParts Write(PreviewScenario scenario, NoticeTemplate template, string culture)
    {
        var shop = PreviewOrders.Shop;
        if (PreviewScenarios.Request(scenario, shop, culture) is { } notice)
        {
            var model = NoticeModel.Of(notice, template.Language, PreviewOrders.Now);
            return _writer.Write(template, model.Values, model.Facts, model.Brand, model.Links);
        }

        var ticket = TicketModel.Of(TicketPreviews.Request(scenario, shop, culture)!, BrandModel.Of(shop), template.Language, PreviewOrders.Now);
        return _writer.Write(template, ticket.Values, ticket.Facts, ticket.Brand, ticket.Links);
    }

    // The engine names its own values; here they have other names.
    private static string Explain(string failure)
    {
        var fact = Fact().Match(failure).Groups["fact"].Value;
        var token = Array.Find(Tokens, known => fact.StartsWith(known.Fact, StringComparison.Ordinal)).Token;
        return fact.Length > 0 && token is not null ? $"a customer would miss a fact that must be told ({fact}): write %{token}% into it" : failure;
    }

    [GeneratedRegex("the fact '(?<fact>[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fact();
}
