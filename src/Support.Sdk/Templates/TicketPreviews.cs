using Support.Sdk.Shops;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;

namespace Support.Sdk.Templates;

/// <summary>The situations that templates of tickets are shown in.</summary>
internal static class TicketPreviews
{
    private static readonly (PreviewScenario Scenario, Func<PreviewOrders, TicketComposeRequest, TicketComposeRequest> Make)[] Known =
    [
        (new(TicketNotices.Acknowledged, "promised"), (_, request) => request with { AnswerBy = Clock() }),
        (new(TicketNotices.Acknowledged, "without-promise"), (_, request) => request),
        (new(TicketNotices.Reply, "signed"), (orders, request) => request with { Text = Answer(orders), AgentName = "Karin" }),
        (new(TicketNotices.Alert, "due-soon"), (_, request) => request with { Alerts = [Clock()] }),
        (new(TicketNotices.Alert, "broken"), (_, request) => request with { Alerts = [Clock() with { BrokenAt = PreviewOrders.Now.AddHours(-1) }] }),
    ];

    public static IReadOnlyList<PreviewScenario> All { get; } = [.. Known.Select(known => known.Scenario)];

    /// <summary>The request of a scenario, or null when there is no such one.</summary>
    public static TicketComposeRequest? Request(PreviewScenario scenario, Shop shop, string culture)
    {
        var orders = new PreviewOrders(shop, culture);
        return Array.Find(Known, known => known.Scenario == scenario).Make?.Invoke(orders, About(scenario.Kind, shop, culture, orders));
    }

    private static TicketComposeRequest About(string kind, Shop shop, string culture, PreviewOrders orders) =>
        new()
        {
            Kind = kind,
            Shop = shop,
            To = new ContactPoint("email", "anna@example.com"),
            Occasion = kind,
            DeliveryId = "preview",
            OperatorsPage = new Uri("https://shop.example/support/operators/tickets/1001"),
            Ticket = new Ticket
            {
                Key = new TicketKey(shop.Id, 1001),
                Subject = orders.Say("Which size fits a double bed?", "Vilken storlek passar en dubbelsäng?"),
                Channel = "form",
                Requester = new TicketRequester
                {
                    Name = "Anna Lindqvist",
                    Culture = culture,
                    TimeZone = "Europe/Stockholm",
                    ContactPoints = [new ContactPoint("email", "anna@example.com")],
                },
                OpenedAt = PreviewOrders.Now,
                ChangedAt = PreviewOrders.Now,
                OpenedBy = "preview",
            },
        };

    private static string Answer(PreviewOrders orders) =>
        orders.Say(
            "Hello Anna,\n\nthe throw is 130 by 180 cm, which covers a double bed but not its sides.\nThe large one, 200 by 220 cm, comes back in January.\n\nShall I write to you when it is here?",
            "Hej Anna,\n\nplädens mått är 130 gånger 180 cm. Den täcker en dubbelsäng men inte sidorna.\nDen stora, 200 gånger 220 cm, kommer tillbaka i januari.\n\nSka jag skriva till dig när den är här?"
        );

    private static SlaClock Clock() =>
        new()
        {
            Metric = SlaMetric.FirstResponse,
            State = SlaClockState.Running,
            Policy = "preview",
            Counts = SlaTime.OpenDays,
            StartedAt = PreviewOrders.Now,
            DueAt = PreviewOrders.Now.AddDays(1),
        };
}
