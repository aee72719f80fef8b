using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.AspNetCore;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore.Api;

public sealed class PolicyApiTests
{
    private static Task<ApiApplication> StartAsync() =>
        ApiApplication.StartAsync(support =>
            support.AddShop(
                Given.Shop with
                {
                    TimeZone = "Europe/Stockholm",
                    Tickets = new TicketRules
                    {
                        Calendars = new Dictionary<string, BusinessHours>
                        {
                            ["night"] = new()
                            {
                                Week = new Dictionary<DayOfWeek, string> { [DayOfWeek.Friday] = "22:00-24:00" },
                                TimeZone = "UTC",
                            },
                        },
                        Policies =
                        [
                            new SlaPolicy
                            {
                                Name = "vip",
                                When = new SlaCondition { Tags = ["vip"], Priorities = [TicketPriority.Urgent] },
                                Targets = [new SlaTarget { Metric = SlaMetric.FirstResponse, Within = TimeSpan.FromMinutes(90) }],
                                Calendar = "night",
                                Warnings =
                                [
                                    new SlaWarning
                                    {
                                        Before = TimeSpan.FromMinutes(15),
                                        To = SlaAudience.Contact,
                                        Contact = new ContactPoint("email", "boss@shop.example"),
                                    },
                                ],
                                PausedIn = [TicketStatus.OnHold],
                            },
                        ],
                    },
                }
            )
        );

    [Fact]
    public async Task What_a_shop_promises_is_shown_without_the_addresses_of_its_people()
    {
        await using var api = await StartAsync();

        var answer = (await api.GetAsync("/policies?shop=main", SupportPolicies.ExternalAgent)).Is(HttpStatusCode.OK);

        Assert.Equal(
            """{"items":[{"name":"vip","when":{"channels":[],"priorities":["urgent"],"kinds":[],"tags":["vip"],"segments":[],"teams":[]},"targets":[{"metric":"firstResponse","within":"PT1H30M","counts":"openHours"}],"calendar":"night","pausedIn":["onHold"],"warnings":[{"before":"PT15M","to":"contact"}],"onChange":"keep"}]}""",
            answer.Text
        );
    }

    [Fact]
    public async Task The_calendars_of_a_shop_begin_with_its_own_hours()
    {
        await using var api = await StartAsync();

        var items = (await api.GetAsync("/calendars?shop=main")).Is(HttpStatusCode.OK).Json.GetProperty("items");

        Assert.Equal(["default", "night"], items.EnumerateArray().Select(calendar => calendar.GetProperty("name").GetString()));
        Assert.Equal(("Europe/Stockholm", "UTC"), (items[0].GetProperty("timeZone").GetString(), items[1].GetProperty("timeZone").GetString()));
        Assert.Equal("09:00-17:00", items[0].GetProperty("week").GetProperty("monday").GetString());
        Assert.Equal("""{"friday":"22:00-24:00"}""", items[1].GetProperty("week").GetRawText());
    }

    [Theory]
    [InlineData("default", "2026-11-06T15:00:00%2B01:00", "PT4H", "openHours", "2026-11-09T10:00:00Z")]
    [InlineData("default", "2026-11-06T15:00:00+01:00", "PT24H", "openDays", "2026-11-09T14:00:00Z")]
    [InlineData("default", "2026-11-06T15:00:00Z", "P1D", "always", "2026-11-07T15:00:00Z")]
    [InlineData("night", "2026-11-02T09:00:00.5Z", "PT0S", "openHours", "2026-11-06T22:00:00Z")]
    [InlineData("night", "2026-11-02T09:00:00Z", "PT2H", "openHours", "2026-11-07T00:00:00Z")]
    public async Task When_a_promise_would_be_due_is_told(string calendar, string from, string within, string counts, string due)
    {
        await using var api = await StartAsync();

        Assert.Equal(due, (await api.GetAsync($"/calendars/main/{calendar}/due?from={from}&within={within}&counts={counts}")).Is(HttpStatusCode.OK)["dueAt"]);
    }

    [Fact]
    public async Task A_promise_is_counted_from_now_unless_it_is_said()
    {
        await using var api = await StartAsync();

        var answer = await api.GetAsync("/calendars/main/default/due?within=PT30M");

        Assert.Equal(
            ("2026-11-02T09:00:00Z", "2026-11-02T09:30:00Z", "PT30M", "openHours"),
            (answer["from"], answer["dueAt"], answer["within"], answer["counts"])
        );
    }
}
