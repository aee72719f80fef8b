using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Support.Sdk.Shopify.Admin;

namespace Support.Sdk.Shopify.Orders;

/// <summary>One page of a connection.</summary>
internal sealed record Page<T>
    where T : class
{
    public IReadOnlyList<T?>? Nodes { get; init; }
    public PageInfoNode? PageInfo { get; init; }

    [JsonIgnore]
    public IEnumerable<T> Items => Nodes?.OfType<T>() ?? [];

    /// <summary>Where the next page begins, or null after the last one.</summary>
    [JsonIgnore]
    public string? NextCursor => PageInfo is { HasNextPage: true } info ? info.EndCursor : null;
}

internal sealed record PageInfoNode
{
    public bool? HasNextPage { get; init; }
    public string? EndCursor { get; init; }
}

/// <summary>Reads connections to the end.</summary>
internal static class Pages
{
    /// <summary>The pages after a cursor (null: all of them), until the last one.</summary>
    /// <exception cref="ShopifyException">A page leads back to one that was read already.</exception>
    public static async IAsyncEnumerable<Page<T>> ReadAsync<T>(
        string? cursor,
        Func<string?, CancellationToken, Task<Page<T>?>> read,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
        where T : class
    {
        var seen = new HashSet<string?>([cursor], StringComparer.Ordinal);
        do
        {
            if (await read(cursor, cancellationToken) is not { } page)
            {
                yield break;
            }

            yield return page;
            cursor = page.NextCursor;
            if (cursor is not null && !seen.Add(cursor))
            {
                throw new ShopifyException("The Admin API answered with the same page again. What is left is read the next time.");
            }
        } while (cursor is not null);
    }

    /// <summary>A first page together with everything after it.</summary>
    public static async Task<Page<T>?> CompleteAsync<T>(
        Page<T>? first,
        Func<string?, CancellationToken, Task<Page<T>?>> read,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (first?.NextCursor is not { } cursor)
        {
            return first;
        }

        var all = first.Items.ToList();
        await foreach (var page in ReadAsync(cursor, read, cancellationToken))
        {
            all.AddRange(page.Items);
        }

        return new Page<T> { Nodes = all };
    }
}
