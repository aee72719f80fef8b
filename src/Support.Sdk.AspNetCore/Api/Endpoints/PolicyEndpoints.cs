using Microsoft.AspNetCore.Http;
using Support.Sdk.Shops;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Shows what a shop promises, and when it is open.</summary>
internal static class PolicyEndpoints
{
    private const string Tag = "Policies";
    private static readonly TimeSpan MaxWithin = TimeSpan.FromDays(365);

    private static readonly ApiOperation Policies = new()
    {
        Id = "listPolicies",
        Method = HttpMethods.Get,
        Pattern = "/policies",
        Tag = Tag,
        Summary = "Lists what a shop promises, in the order in which policies match.",
        Policy = SupportPolicies.ExternalAgent,
        Parameters = [ApiParameter.Shop],
        Answer = typeof(PolicyList),
        Problems = [404],
    };

    private static readonly ApiOperation Calendars = new()
    {
        Id = "listCalendars",
        Method = HttpMethods.Get,
        Pattern = "/calendars",
        Tag = Tag,
        Summary = "Lists when a shop is open: its own hours, then the calendars that policies name.",
        Policy = SupportPolicies.ExternalAgent,
        Parameters = [ApiParameter.Shop],
        Answer = typeof(CalendarList),
        Problems = [404],
    };

    private static readonly ApiOperation Due = new()
    {
        Id = "getDue",
        Method = HttpMethods.Get,
        Pattern = "/calendars/{shop}/{name}/due",
        Tag = Tag,
        Summary = "Tells when a promise would be due.",
        Policy = SupportPolicies.ExternalAgent,
        Parameters =
        [
            ApiParameter.Formatted("from", "The moment to count from. Default: now.", "date-time"),
            ApiParameter.Formatted("within", "How much time is promised, for example PT24H; at most 365 days.", "duration") with
            {
                IsRequired = true,
            },
            ApiParameter.OneOf<SlaTime>("counts", "Which time counts. Default: openHours."),
        ],
        Answer = typeof(DueModel),
        Problems = [404],
    };

    public static void Map(ApiGroup group)
    {
        group.Map(Policies, PoliciesAsync);
        group.Map(Calendars, CalendarsAsync);
        group.Map(Due, DueAsync);
    }

    private static async Task<IResult> PoliciesAsync(HttpContext context)
    {
        var (call, shop, problem) = await ShopAsync(context);
        return problem
            ?? new ApiAnswer<PolicyList>(
                new PolicyList { Items = [.. (await call.Get<ITickets>().PoliciesAsync(shop!.Id, call.Aborted)).Select(PolicyMapping.Of)] },
                ApiText.Json.PolicyList
            );
    }

    private static async Task<IResult> CalendarsAsync(HttpContext context)
    {
        var (_, shop, problem) = await ShopAsync(context);
        return problem ?? new ApiAnswer<CalendarList>(PolicyMapping.CalendarsOf(shop!), ApiText.Json.CalendarList);
    }

    private static async Task<IResult> DueAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        var name = call.Path("name")!;
        var from = MomentOf(call);
        var within = WithinOf(call);
        var counts = call.OneOf<SlaTime>("counts") ?? SlaTime.OpenHours;
        if (call.Faults.Any)
        {
            return call.Refuse();
        }

        var isDefault = string.Equals(name, PolicyMapping.DefaultCalendar, StringComparison.Ordinal);
        if (await call.FindShopAsync() is not { } shop || !(isDefault || shop.Tickets.Calendars.ContainsKey(name)))
        {
            return ApiProblem.Of(StatusCodes.Status404NotFound, $"There is no calendar {call.Shop}/{name}.");
        }

        try
        {
            var due = SlaCalendars.Of(shop).Find(isDefault ? null : name, counts).Add(from, within);
            return new ApiAnswer<DueModel>(
                new DueModel
                {
                    Calendar = name,
                    From = from,
                    Within = within,
                    Counts = counts,
                    DueAt = due,
                },
                ApiText.Json.DueModel
            );
        }
        catch (InvalidOperationException)
        {
            call.Faults.Add("within", "The calendar has not so much open time left.");
            return call.Refuse();
        }
    }

    private static async Task<(ApiCall Call, Shop? Shop, IResult? Problem)> ShopAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        call.Required("shop");
        if (call.Faults.Any)
        {
            return (call, null, ApiProblem.Of(call.Faults));
        }

        return await call.FindShopAsync() is { } shop ? (call, shop, null) : (call, null, ApiProblem.NoShop(call.Shop));
    }

    private static DateTimeOffset MomentOf(ApiCall call)
    {
        if (call.Query("from") is not { } text)
        {
            return call.Get<TimeProvider>().GetUtcNow();
        }

        // A plus that was not escaped arrives as a blank.
        if (!ApiTimes.TryRead(text.Replace(' ', '+'), out DateTimeOffset moment))
        {
            call.Faults.Add("from", ApiTimes.MomentFault);
        }

        return moment;
    }

    private static TimeSpan WithinOf(ApiCall call)
    {
        var text = call.Required("within");
        if (ApiTimes.TryRead(text, out TimeSpan within) && within >= TimeSpan.Zero && within <= MaxWithin)
        {
            return within;
        }

        if (text.Length > 0)
        {
            call.Faults.Add("within", ApiTimes.SpanFault + " It is at most 365 days.");
        }

        return default;
    }
}
