using System.Globalization;
using System.Text;

namespace DelayReplay.Orders;

/// <summary>Makes up the orders of a small shop: four ways to ship, weekends, a Christmas peak, a carrier's strike, and all that goes wrong.</summary>
internal static class OrderGenerator
{
    public const int DefaultRows = 2000;
    public const int DefaultSeed = 20240108;
    private const double Backorders = 0.032;
    private const double Mishaps = 0.03;

    private static readonly DateTime FirstDay = new(2024, 1, 8, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime StrikeFrom = new(2024, 9, 9, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime StrikeTo = new(2024, 9, 16, 0, 0, 0, DateTimeKind.Utc);
    private const int Days = 540;
    private const string StruckCarrier = "NordPost";

    private static readonly Way[] Ways =
    [
        new("standard", 0.60, Promise: 7, Handling: 1.0, Transit: 2.6, Spread: 0.30, "NordPost", "NP"),
        new("express", 0.15, Promise: 4, Handling: 0.3, Transit: 1.0, Spread: 0.20, "SwiftVan", "SV"),
        new("pickup point", 0.15, Promise: 7, Handling: 1.0, Transit: 2.4, Spread: 0.30, "ParcelLoop", "PL"),
        new("international", 0.10, Promise: 14, Handling: 1.2, Transit: 8.0, Spread: 0.22, "Atlas Air", "AA"),
    ];

    public static string Write(int rows, int seed)
    {
        var dice = new Dice(seed);
        var placed = Placements(rows, dice);
        var csv = new StringBuilder();
        csv.AppendJoin(',', OrderCsv.Required.Concat(OrderCsv.Optional)).Append('\n');
        for (var number = 0; number < placed.Count; number++)
        {
            csv.AppendJoin(',', Row(number, placed[number], dice).Select(Quote)).Append('\n');
        }

        return csv.ToString();
    }

    private static List<DateTime> Placements(int rows, Dice dice)
    {
        var placed = new List<DateTime>(rows);
        while (placed.Count < rows)
        {
            var day = FirstDay.AddDays(dice.Between(0, Days - 1));
            if (dice.Chance(Demand(day)))
            {
                // Afternoons and evenings; few buy at night.
                var hour = (dice.Roll() + dice.Roll()) * 11 + 3;
                placed.Add(Minute(day.AddHours(Math.Min(hour, 23.9))));
            }
        }

        placed.Sort();
        return placed;
    }

    private static double Demand(DateTime day)
    {
        var weekday = day.DayOfWeek is DayOfWeek.Sunday or DayOfWeek.Monday ? 0.40 : 0.30;
        return IsPeak(day) ? weekday * 2.5 : weekday;
    }

    private static bool IsPeak(DateTime day) => day is { Month: 11, Day: >= 20 } or { Month: 12, Day: <= 20 };

    private static IEnumerable<string> Row(int number, DateTime placed, Dice dice)
    {
        var way = Choose(dice);
        var fate = Fate(dice);
        var life = Live(placed, way, fate, dice);
        var name = Customers.Name(number, dice);
        return
        [
            Customers.OrderId(number),
            fate,
            Time(placed),
            Time(life.Paid),
            Time(life.Shipped),
            Time(life.Delivered),
            dice.Chance(0.02) ? "" : Promise(placed, way).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            dice.Chance(0.02) ? "" : Customers.Email(number, name, dice),
            name,
            Customers.Culture(dice),
            life.Shipped is null ? "" : way.Carrier,
            life.Shipped is null || dice.Chance(0.05)
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $"{way.Prefix}{dice.Between(100_000_000, 999_999_999)}"),
            way.Name,
        ];
    }

    private static Way Choose(Dice dice)
    {
        var roll = dice.Roll();
        foreach (var way in Ways)
        {
            roll -= way.Share;
            if (roll < 0)
            {
                return way;
            }
        }

        return Ways[0];
    }

    private static string Fate(Dice dice) =>
        dice.Roll() switch
        {
            < 0.018 => "cancelled",
            < 0.024 => "processing",
            < 0.032 => "shipped",
            < 0.045 => "returned",
            _ => "delivered",
        };

    private static Life Live(DateTime placed, Way way, string fate, Dice dice)
    {
        var paid = Minute(dice.Chance(0.06) ? placed.AddHours(dice.Between(20, 70)) : placed.AddMinutes(dice.Between(0, 9)));
        var handling = dice.LogNormal(way.Handling, 0.45) + (dice.Chance(Backorders) ? dice.Between(9, 18) : 0);
        var shipped = Workday(paid.AddDays(handling), sunday: false, dice);
        var transit = dice.LogNormal(way.Transit, way.Spread) + (dice.Chance(Mishaps) ? dice.Between(8, 16) : 0);
        if (string.Equals(way.Carrier, StruckCarrier, StringComparison.Ordinal) && shipped < StrikeTo && shipped.AddDays(transit) > StrikeFrom)
        {
            transit += (StrikeTo - StrikeFrom).TotalDays * (0.7 + (0.5 * dice.Roll()));
        }

        var delivered = Workday(shipped.AddDays(IsPeak(shipped) ? transit * 1.25 : transit), sunday: true, dice);
        return fate switch
        {
            "cancelled" => new Life(dice.Chance(0.6) ? paid : null, null, null),
            "processing" => new Life(paid, null, null),
            "shipped" => new Life(paid, shipped, null),
            _ => new Life(paid, shipped, delivered),
        };
    }

    // Parcels leave on weekdays in the afternoon, and arrive in the daytime on any day but Sunday.
    private static DateTime Workday(DateTime time, bool sunday, Dice dice)
    {
        var day = time.Date;
        while (day.DayOfWeek == DayOfWeek.Sunday || (!sunday && day.DayOfWeek == DayOfWeek.Saturday))
        {
            day = day.AddDays(1);
        }

        var moment = Minute(sunday ? day.AddHours(8 + (11 * dice.Roll())) : day.AddHours(13 + (5 * dice.Roll())));
        return moment > time ? moment : Minute(time.AddMinutes(30));
    }

    // Counted in working days, as shops do.
    private static DateOnly Promise(DateTime placed, Way way)
    {
        var promised = DateOnly.FromDateTime(placed);
        for (var left = way.Promise + (IsPeak(placed) ? 2 : 0); left > 0; left -= promised.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1)
        {
            promised = promised.AddDays(1);
        }

        return promised;
    }

    private static DateTime Minute(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));

    private static string Time(DateTime? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string Quote(string field) => field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private sealed record Way(string Name, double Share, int Promise, double Handling, double Transit, double Spread, string Carrier, string Prefix);

    private sealed record Life(DateTime? Paid, DateTime? Shipped, DateTime? Delivered);
}
