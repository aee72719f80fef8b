using Support.Sdk.Shops;
using Support.Sdk.Sla;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Policies and calendars as the API shows them.</summary>
internal static class PolicyMapping
{
    public const string DefaultCalendar = "default";

    public static PolicyModel Of(SlaPolicy policy) =>
        new()
        {
            Name = policy.Name,
            When = new ConditionModel
            {
                Channels = policy.When.Channels,
                Priorities = policy.When.Priorities,
                Kinds = policy.When.Kinds,
                Tags = policy.When.Tags,
                Segments = policy.When.Segments,
                Teams = policy.When.Teams,
                MinOrder = OrderMapping.Of(policy.When.MinOrder),
            },
            Targets =
            [
                .. policy.Targets.Select(target => new TargetModel
                {
                    Metric = target.Metric,
                    Within = target.Within,
                    Counts = target.Counts,
                    Priority = target.Priority,
                }),
            ],
            Calendar = policy.Calendar,
            PausedIn = policy.PausedIn,
            // Where the shop's own people are reached is no part of a promise.
            Warnings =
            [
                .. policy.Warnings.Select(warning => new WarningModel
                {
                    Metric = warning.Metric,
                    Before = warning.Before,
                    To = warning.To,
                }),
            ],
            OnChange = policy.OnChange,
        };

    public static CalendarList CalendarsOf(Shop shop) =>
        new()
        {
            Items =
            [
                Of(DefaultCalendar, shop.Hours ?? new BusinessHours(), shop),
                .. shop.Tickets.Calendars.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Of(pair.Key, pair.Value, shop)),
            ],
        };

    private static CalendarModel Of(string name, BusinessHours hours, Shop shop) =>
        new()
        {
            Name = name,
            TimeZone = hours.TimeZone ?? shop.TimeZone,
            Week = WeekHours
                .Of(hours)
                .Where(day => day.Hours is not null)
                .ToDictionary(day => TicketFields.Name(day.Day), day => day.Hours!, StringComparer.Ordinal),
            Holidays = hours.Holidays,
            SpecialDays = hours.SpecialDays,
            ExactFit = hours.ExactFit,
        };
}
