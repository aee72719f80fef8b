namespace Support.Sdk.Sla;

/// <summary>Pauses in UTC ticks.</summary>
internal static class Pauses
{
    /// <summary>The pauses in their order, and each moment in one of them only.</summary>
    public static List<(long From, long To)> Merge(IReadOnlyList<Pause> pauses)
    {
        var merged = new List<(long From, long To)>(pauses.Count);
        foreach (var pause in pauses.OrderBy(pause => pause.From))
        {
            if (pause.To < pause.From)
            {
                throw new ArgumentException(
                    $"The pause that begins at {pause.From:O} ends before, at {pause.To:O}. Give its ends in their order.",
                    nameof(pauses)
                );
            }

            if (merged.Count > 0 && pause.From.UtcTicks <= merged[^1].To)
            {
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, pause.To.UtcTicks));
            }
            else
            {
                merged.Add((pause.From.UtcTicks, pause.To.UtcTicks));
            }
        }

        return merged;
    }
}
