using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Support.Sdk.AspNetCore.Forms;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Pages.Tickets;

/// <summary>Hands a file out so that a browser saves it, and runs nothing that may be in it.</summary>
internal static class TicketFile
{
    private const string Unknown = "application/octet-stream";

    // What a browser only shows. A claim that is wrong is not found out by looking at the bytes (nosniff).
    private static readonly string[] Known = ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"];

    public static IResult Answer(HttpContext context, ContentReference file, Stream content)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.CacheControl = "no-store";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(FileNames.Clean(file.Name));
        headers.ContentDisposition = disposition.ToString();
        return Results.Stream(content, ShownAs(file.ContentType));
    }

    /// <summary>The type that a file is handed out as, whatever its sender claims.</summary>
    public static string ShownAs(string claimed) =>
        MediaTypeHeaderValue.TryParse(claimed, out var type)
        && Array.Find(Known, known => type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase)) is { } known
            ? known
            : Unknown;
}
