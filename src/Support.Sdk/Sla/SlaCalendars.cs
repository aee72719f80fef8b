using System.Runtime.CompilerServices;
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
    private readonly BusinessCalendar _shop;

    private SlaCalendars(Shop shop)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(shop.TimeZone);
        Add(name: null, shop.Hours ?? new BusinessHours(), zone);
        foreach (var (name, hours) in shop.Tickets.Calendars)
        {
            Add(name, hours, zone);
        }

        foreach (var hours in shop.Tickets.Agents.Select(agent => agent.Hours).Concat(shop.Tickets.Teams.Select(team => team.Hours)).OfType<BusinessHours>())
        {
            _people[hours] = new BusinessCalendar(hours, zone);
        }

        _shop = _calendars[(null, SlaTime.OpenHours)];
    }

    public static SlaCalendars Of(Shop shop) => Known.GetValue(shop, static shop => new SlaCalendars(shop));

    /// <summary>The calendar of that name; the shop's hours for none, and for one that is not set up any more.</summary>
    public BusinessCalendar Find(string? name, SlaTime counts) =>
        counts == SlaTime.Always ? BusinessCalendar.AlwaysOpen
        : _calendars.TryGetValue((name, counts), out var calendar) ? calendar
        : _calendars[(null, counts)];

    /// <summary>The working hours of somebody, or the shop's.</summary>
    public BusinessCalendar Working(BusinessHours? hours) => hours is null ? _shop : _people[hours];

    /// <summary>The hours with every day on which they open at all open from midnight to midnight.</summary>
    internal static BusinessHours WholeDays(BusinessHours hours)
    {
        var week = hours.Week ?? Enum.GetValues<DayOfWeek>().Where(IsWorkday).ToDictionary(day => day, _ => AllDay);
        return hours with
        {
            Week = week.Where(day => Opens(day.Value)).ToDictionary(day => day.Key, _ => AllDay),
            SpecialDays = hours.SpecialDays.ToDictionary(day => day.Key, day => Opens(day.Value) ? AllDay : "closed", StringComparer.Ordinal),
        };
    }

    private static bool IsWorkday(DayOfWeek day) => day is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static bool Opens(string hours) => !string.IsNullOrWhiteSpace(hours) && !hours.Trim().Equals("closed", StringComparison.OrdinalIgnoreCase);

    private void Add(string? name, BusinessHours hours, TimeZoneInfo zone)
    {
        _calendars[(name, SlaTime.OpenHours)] = new BusinessCalendar(hours, zone);
        _calendars[(name, SlaTime.OpenDays)] = new BusinessCalendar(WholeDays(hours), zone);
    }
}
