using System.Text.Json;
using System.Text.Json.Nodes;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;

namespace Support.Sdk.Shopify.Orders;

/// <summary>What an order of Shopify shall say of what its customer was told.</summary>
internal sealed record ToldRecord
{
    /// <summary>Carried by the orders whose customers were told of a delay.</summary>
    public const string Tag = "support-delay-told";

    // What the Admin API takes.
    private const int MaxNote = 5_000;

    // More than any order has; the oldest are left out.
    private const int MaxNotices = 50;

    private IReadOnlyList<ToldNotice> Told { get; init; } = [];

    /// <summary>What has not reached the customer, or came back.</summary>
    private IReadOnlyList<ToldNotice> Untold { get; init; } = [];

    private string? Promise { get; init; }

    private DelayVerdict? Verdict { get; init; }

    /// <summary>Nothing was told, and nothing can be said.</summary>
    public bool IsEmpty => Told.Count == 0 && Verdict is null;

    /// <param name="order">The order.</param>
    /// <param name="assessment">How it stands.</param>
    /// <param name="zone">The shop's zone, in which days are counted.</param>
    public static ToldRecord Of(WatchedOrder order, DelayAssessment assessment, TimeZoneInfo zone)
    {
        var notices = order
            .Notices.Where(notice => notice.Kind is not NoticeKinds.ShopAlert)
            .ToLookup(notice => notice.State is DeliveryState.Accepted or DeliveryState.Delivered, notice => ToldNotice.Of(notice, zone));
        return new ToldRecord
        {
            Told = [.. notices[true].TakeLast(MaxNotices)],
            Untold = [.. notices[false]],
            Promise = ToldNotice.Day(assessment.DeliverBy, zone),
            Verdict = assessment.Verdict == DelayVerdict.Unknown ? null : assessment.Verdict,
        };
    }

    /// <summary>What the order lacks; nothing at all where it says everything, or where there is nothing worth saying.</summary>
    /// <param name="present">What the order says.</param>
    /// <param name="isNoteKnown">Whether its note was read: one that was held back is not written over.</param>
    public ToldChanges Missing(ToldNode present, bool isNoteKnown)
    {
        // What stands in the metafield was written before; a line or a tag that somebody took away since then stays away.
        var written = Written(present.Told?.Value);
        var news = Told.Where(notice => !written.Exists(notice.Is)).ToList();
        var hasTag = present.Tags?.Contains(Tag, StringComparer.OrdinalIgnoreCase) == true;
        return new ToldChanges
        {
            Note = isNoteKnown ? Note(present.Note ?? "", news) : null,
            AddTag = !hasTag && news.Exists(notice => NoticeKinds.Delays.Contains(notice.Kind, StringComparer.Ordinal)),
            Metafields = [.. List(written, news), .. State(present)],
        };
    }

    // Null where nothing is to be added. A note that is full stays as it is: what people wrote is never cut.
    private static string? Note(string note, List<ToldNotice> news)
    {
        var lines = note.Split('\n').Select(line => line.TrimEnd('\r')).ToHashSet(StringComparer.Ordinal);
        var whole = note;
        foreach (var line in news.Select(notice => notice.Line).Where(lines.Add))
        {
            whole = whole.Length == 0 ? line : whole + "\n" + line;
        }

        return whole.Length > note.Length && whole.Length <= MaxNote ? whole : null;
    }

    private IEnumerable<ToldMetafield> List(List<JsonNode> written, List<ToldNotice> news)
    {
        var kept = written.FindAll(known => !Untold.Any(notice => notice.Is(known)));
        if (news.Count > 0 || kept.Count < written.Count)
        {
            var all = kept.Select(known => known.DeepClone()).Concat(news.Select(notice => notice.ToJson())).TakeLast(MaxNotices);
            yield return new ToldMetafield("told", "json", new JsonArray([.. all]).ToJsonString());
        }
    }

    private IEnumerable<ToldMetafield> State(ToldNode present)
    {
        // Orders that nothing was ever the matter with are left alone.
        var isWorthSaying = Told.Count > 0 || Verdict is DelayVerdict.AtRisk or DelayVerdict.Late || present.DelayState?.Value is not null;
        if (Verdict is not { } verdict || !isWorthSaying)
        {
            yield break;
        }

        var state = JsonNamingPolicy.KebabCaseLower.ConvertName(verdict.ToString());
        if (!string.Equals(present.DelayState?.Value, state, StringComparison.Ordinal))
        {
            yield return new ToldMetafield("delay_state", "single_line_text_field", state);
        }

        if (Promise is not null && !string.Equals(present.Promise?.Value, Promise, StringComparison.Ordinal))
        {
            yield return new ToldMetafield("promise", "date", Promise);
        }
    }

    private static List<JsonNode> Written(string? json)
    {
        try
        {
            return [.. (JsonNode.Parse(json ?? "[]") as JsonArray ?? []).OfType<JsonNode>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

/// <summary>What is to be written; null, false and empty for nothing.</summary>
internal sealed record ToldChanges
{
    public string? Note { get; init; }

    public bool AddTag { get; init; }

    public IReadOnlyList<ToldMetafield> Metafields { get; init; } = [];
}

/// <summary>A value beside the order.</summary>
internal sealed record ToldMetafield(string Key, string Type, string Value);
