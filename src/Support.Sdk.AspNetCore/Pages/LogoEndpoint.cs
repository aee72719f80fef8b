using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Support.Sdk.Shops;
using Support.Sdk.Templates;

namespace Support.Sdk.AspNetCore.Pages;

/// <summary>The logo files that messages and pages show.</summary>
internal static class LogoEndpoint
{
    public static void Map(RouteGroupBuilder group) => group.MapGet("/logo/{file}", ShowAsync);

    private static async Task<IResult> ShowAsync(string file, IShopDirectory shops, BrandLogos logos, HttpContext context, CancellationToken cancellationToken)
    {
        var id = file[..Math.Max(0, file.LastIndexOf('-'))];
        if (
            await shops.FindAsync(id, cancellationToken) is not { } shop
            || logos.FileOf(shop) is not { } logo
            || !string.Equals(Uri.UnescapeDataString(logo.FileName(shop.Id)), file, StringComparison.Ordinal)
        )
        {
            return Results.NotFound();
        }

        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'";
        // Another picture has another address. Mail programs load it from places of their own.
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return Results.Bytes(logo.Content, logo.ContentType);
    }
}
