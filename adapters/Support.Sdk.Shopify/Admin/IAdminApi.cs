using Refit;

namespace Support.Sdk.Shopify.Admin;

/// <summary>The two addresses of a shop that are called.</summary>
internal interface IAdminApi
{
    /// <summary>Runs a document.</summary>
    [Post("/admin/api/{version}/graphql.json")]
    Task<HttpResponseMessage> GraphqlAsync(
        string version,
        [Body] HttpContent content,
        [Header(AdminClient.TokenHeader)] string token,
        CancellationToken cancellationToken
    );

    /// <summary>Exchanges a refresh token for an access token.</summary>
    [Post("/admin/oauth/access_token")]
    Task<HttpResponseMessage> TokenAsync([Body] HttpContent content, CancellationToken cancellationToken);
}
