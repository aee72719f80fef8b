using System.Runtime.CompilerServices;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using Support.Sdk.Tickets;

namespace Support.Sdk.Sla;

/// <summary>The calendars of one shop, compiled once for as long as its settings live.</summary>
internal sealed class SlaCalendars
{
    private const string AllDay = "00:00-24:00";
    private static readonly ConditionalWeakTable<Shop, SlaCalendars> Known = [];

    private readonly Dictionary<(string? Name, SlaTime Counts), BusinessCalendar> _calendars = [];
    private readonly Dictionary<BusinessHours, BusinessCalendar> _people = new(ReferenceEqualityComparer.Instance);

    private SlaCalendars(Shop shop)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(shop.TimeZone);
        Add(name: null, shop.Hours ?? new BusinessHours(), ShopCalendars.Of(shop), zone);
        foreach (var (name, hours) in shop.Tickets.Calendars)
        {
            Add(name, hours, new BusinessCalendar(hours, zone), zone);
        }

        foreach (var hours in shop.Tickets.Agents.Select(agent => agent.Hours).Concat(shop.Tickets.Teams.Select(team => team.Hours)).OfType<BusinessHours>())
        {
            _people[hours] = new BusinessCalendar(hours, zone);
        }
    }

    public static SlaCalendars Of(Shop shop) => Known.GetValue(shop, static shop => new SlaCalendars(shop));

    /// <summary>The calendar of that name; the shop's hours for none, and for one that is not set up any more.</summary>
    public BusinessCalendar Find(string? name, SlaTime counts) =>
        counts == SlaTime.Always ? BusinessCalendar.AlwaysOpen
        : _calendars.TryGetValue((name, counts), out var calendar) ? calendar
        : _calendars[(null, counts)];

    /// <summary>The working hours of somebody, or the shop's.</summary>
    public BusinessCalendar Working(BusinessHours? hours) => hours is null ? _calendars[(null, SlaTime.OpenHours)] : _people[hours];

    /// <summary>The hours with every day on which they open at all open from midnight to midnight.</summary>
    internal static BusinessHours WholeDays(BusinessHours hours) =>
        hours with
        {
            Week = WeekHours.Of(hours).Where(day => WeekHours.Opens(day.Hours)).ToDictionary(day => day.Day, _ => AllDay),
            SpecialDays = hours.SpecialDays.ToDictionary(day => day.Key, day => WeekHours.Opens(day.Value) ? AllDay : "closed", StringComparer.Ordinal),
        };

    private void Add(string? name, BusinessHours hours, BusinessCalendar calendar, TimeZoneInfo zone)
    {
        _calendars[(name, SlaTime.OpenHours)] = calendar;
        _calendars[(name, SlaTime.OpenDays)] = new BusinessCalendar(WholeDays(hours), zone);
    }
}
