using System.Numerics;
using System.Runtime.InteropServices;

namespace Support.Sdk.Sla;

/// <summary>An open interval in UTC ticks, and the open ticks of its table before it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Opening(long From, long To, long Before);

/// <summary>The open intervals of 512 days, found by their time and by the open time before them.</summary>
/// <remarks>Two indexes lead near the interval that is looked for, so that a question costs the same at any distance.</remarks>
internal sealed class OpenTable
{
    public const int Days = 512;
    public const long Length = Days * TimeSpan.TicksPerDay;
    private readonly long _from;
    private readonly Opening[] _openings;
    private readonly int[] _byDay = new int[Days];
    private readonly int[] _byOpenTime;
    private readonly int _shift;

    /// <summary>Indexes intervals that lie in the table, in their order and apart from each other.</summary>
    public OpenTable(long from, IReadOnlyCollection<(long From, long To)> intervals)
    {
        _from = from;
        _openings = new Opening[intervals.Count + 1];
        var index = 0;
        foreach (var interval in intervals)
        {
            _openings[index++] = new Opening(interval.From, interval.To, OpenTime);
            OpenTime += interval.To - interval.From;
        }

        // It ends every search, and answers for what comes after the last interval.
        _openings[index] = new Opening(long.MaxValue, long.MaxValue, OpenTime);
        IndexDays();
        _shift = Math.Max(0, BitOperations.Log2((ulong)OpenTime) - BitOperations.Log2((uint)_openings.Length));
        _byOpenTime = new int[(OpenTime >> _shift) + 1];
        IndexOpenTime();
    }

    /// <summary>The open ticks of the whole table.</summary>
    public long OpenTime { get; }

    public bool IsOpen(long at) => _openings[At(at)].From <= at;

    /// <summary>The open ticks before a moment of the table.</summary>
    public long OpenBefore(long at)
    {
        ref readonly var opening = ref _openings[At(at)];
        return opening.Before + Math.Max(0, at - opening.From);
    }

    /// <summary>The first moment before which so much is open; more than 0, at most all.</summary>
    public long FirstAfter(long openTime)
    {
        var index = _byOpenTime[(openTime - 1) >> _shift];
        while (_openings[index + 1].Before < openTime)
        {
            index++;
        }

        return _openings[index].From + openTime - _openings[index].Before;
    }

    /// <summary>The last moment before which so much is open, which is itself open; at least 0, less than all.</summary>
    public long LastAfter(long openTime)
    {
        var index = _byOpenTime[openTime >> _shift];
        while (_openings[index + 1].Before <= openTime)
        {
            index++;
        }

        return _openings[index].From + openTime - _openings[index].Before;
    }

    /// <summary>The first interval that ends after the moment.</summary>
    private int At(long at)
    {
        var index = _byDay[(int)((at - _from) / TimeSpan.TicksPerDay)];
        while (_openings[index].To <= at)
        {
            index++;
        }

        return index;
    }

    private void IndexDays()
    {
        var index = 0;
        for (var day = 0; day < Days; day++)
        {
            while (_openings[index].To <= _from + (day * TimeSpan.TicksPerDay))
            {
                index++;
            }

            _byDay[day] = index;
        }
    }

    private void IndexOpenTime()
    {
        var index = 0;
        for (var bucket = 0; bucket < _byOpenTime.Length; bucket++)
        {
            while (index < _openings.Length - 2 && _openings[index + 1].Before <= (long)bucket << _shift)
            {
                index++;
            }

            _byOpenTime[bucket] = index;
        }
    }
}
