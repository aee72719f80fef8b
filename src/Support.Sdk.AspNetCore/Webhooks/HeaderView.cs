using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Support.Sdk.AspNetCore.Webhooks;

/// <summary>The headers of a request as the contract names them, without copying them.</summary>
internal sealed class HeaderView(IHeaderDictionary headers) : IReadOnlyDictionary<string, IReadOnlyList<string>>
{
    public int Count => headers.Count;

    public IEnumerable<string> Keys => headers.Keys;

    public IEnumerable<IReadOnlyList<string>> Values => headers.Values.Select(values => Plain(values));

    public IReadOnlyList<string> this[string key] =>
        TryGetValue(key, out var values) ? values : throw new KeyNotFoundException($"The request has no header '{key}'.");

    public bool ContainsKey(string key) => headers.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out IReadOnlyList<string> value)
    {
        var isThere = headers.TryGetValue(key, out var values);
        value = isThere ? Plain(values) : null;
        return isThere;
    }

    public IEnumerator<KeyValuePair<string, IReadOnlyList<string>>> GetEnumerator() =>
        headers.Select(header => KeyValuePair.Create<string, IReadOnlyList<string>>(header.Key, Plain(header.Value))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Nearly every header has one value.
    private static IReadOnlyList<string> Plain(StringValues values) => values is [{ } only] ? [only] : [.. values.OfType<string>()];
}
