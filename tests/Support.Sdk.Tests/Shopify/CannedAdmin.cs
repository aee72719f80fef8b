using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Admin;

namespace Support.Sdk.Tests.Shopify;

/// <summary>An Admin API that answers each document with JSON made from its variables.</summary>
internal sealed class CannedAdmin : IShopifyAdmin
{
    private readonly Dictionary<string, Func<JsonObject, string>> _answers = new(StringComparer.Ordinal);

    /// <summary>What was asked, in order.</summary>
    public List<(string Document, JsonObject Variables)> Asked { get; } = [];

    /// <summary>The paths that every answer holds back.</summary>
    public IReadOnlyList<string> Withheld { get; set; } = [];

    public string Download { get; set; } = "";

    public CannedAdmin On(string document, Func<JsonObject, string> answer)
    {
        _answers[document] = answer;
        return this;
    }

    public CannedAdmin On(string document, string answer) => On(document, _ => answer);

    public IEnumerable<JsonObject> AskedFor(string document) =>
        Asked.Where(asked => string.Equals(asked.Document, document, StringComparison.Ordinal)).Select(asked => asked.Variables);

    public Task<AdminAnswer<T>> QueryAsync<T>(string shop, string document, JsonObject variables, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Asked.Add((document, variables));
        var json = _answers.TryGetValue(document, out var answer) ? answer(variables) : throw new ShopifyException($"{document} is not answered.");
        return Task.FromResult(new AdminAnswer<T>(JsonSerializer.Deserialize(json, type)!, Withheld));
    }

    public Task<AdminAnswer<T>> MutateAsync<T>(string shop, string document, JsonObject variables, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        QueryAsync(shop, document, variables, type, cancellationToken);

    public Task<Stream> DownloadAsync(string shop, Uri address, CancellationToken cancellationToken)
    {
        Asked.Add(("download", new JsonObject { ["address"] = address.AbsoluteUri }));
        return Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(Download)));
    }
}
