using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Support.Sdk.Shopify.Admin;

/// <summary>The Admin GraphQL API of the shops: one document at a time, under the rate limit, with a token that is good.</summary>
internal interface IShopifyAdmin
{
    /// <summary>Runs a query; tried again on faults that pass by themselves.</summary>
    /// <param name="shop">The shop's id.</param>
    /// <param name="document">The name of a file in <c>Documents</c>, without its extension.</param>
    /// <param name="variables">The variables.</param>
    /// <param name="type">How the member <c>data</c> of the answer is read.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The data; where the answer holds back fields (<c>ACCESS_DENIED</c> beside data), their paths come with it.</returns>
    /// <exception cref="ShopifyException">The shop cannot be reached, refuses the token, or the answer is an error.</exception>
    Task<AdminAnswer<T>> QueryAsync<T>(string shop, string document, JsonObject variables, JsonTypeInfo<T> type, CancellationToken cancellationToken);

    /// <summary>Runs a mutation, once: when it is not known whether it arrived, that is an error.</summary>
    /// <inheritdoc cref="QueryAsync"/>
    Task<AdminAnswer<T>> MutateAsync<T>(string shop, string document, JsonObject variables, JsonTypeInfo<T> type, CancellationToken cancellationToken);

    /// <summary>Opens the result of a bulk operation. The address is signed by itself, and gets no token.</summary>
    Task<Stream> DownloadAsync(string shop, Uri address, CancellationToken cancellationToken);
}

/// <summary>What the Admin API answered.</summary>
/// <param name="Data">The data.</param>
/// <param name="Withheld">The paths (<c>orders.nodes.0.email</c>) that were held back for want of a permission.</param>
internal sealed record AdminAnswer<T>(T Data, IReadOnlyList<string> Withheld);
