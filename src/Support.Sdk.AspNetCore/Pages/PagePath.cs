using Microsoft.AspNetCore.Http;

namespace Support.Sdk.AspNetCore.Pages;

/// <summary>Where a page is, as the browser sees it: behind a proxy the application may live below a path of its own.</summary>
internal static class PagePath
{
    /// <summary>The page itself, without a slash at its end.</summary>
    public static string Of(HttpContext context) => (context.Request.PathBase + context.Request.Path).ToUriComponent().TrimEnd('/');

    /// <summary>The address so many segments above the page.</summary>
    public static string Above(HttpContext context, int segments)
    {
        var path = Of(context);
        for (var step = 0; step < segments; step++)
        {
            path = path[..Math.Max(0, path.LastIndexOf('/'))];
        }

        return path;
    }

    /// <summary>Sends the browser on with a GET, so that a reload sends nothing again.</summary>
    public static IResult SeeOther(HttpContext context, string address)
    {
        var headers = context.Response.Headers;
        headers.Location = address;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
