using Microsoft.AspNetCore.Http;
using Support.Sdk.Tickets;

namespace Nop.Plugin.Misc.SupportSdk.Engine;

/// <summary>The files of a form: how many and how large they may be, and their way into the engine's content store.</summary>
public static class PostedFiles
{
    /// <summary>How many files one message may have.</summary>
    public const int Most = 5;

    /// <summary>How many megabytes one file may have.</summary>
    public const int MostMegabytes = 5;

    /// <summary>How many bytes one file may have.</summary>
    public const int MostBytes = MostMegabytes * 1024 * 1024;

    /// <summary>How many bytes a form may have, its files and its text: less than the 30,000,000 that web servers take unless they are told otherwise.</summary>
    public const int MostInForm = (Most * MostBytes) + (2 * 1024 * 1024);

    private const int MostInName = 300;

    /// <summary>The first file that is too large, or null.</summary>
    internal static IFormFile? TooLarge(IList<IFormFile>? files) => files?.FirstOrDefault(file => file.Length > MostBytes);

    internal static async Task<IReadOnlyList<ContentReference>> SaveAsync(
        SupportEngine engine,
        string shop,
        IList<IFormFile>? files,
        CancellationToken cancellationToken
    )
    {
        var saved = new List<ContentReference>();
        foreach (var file in files ?? [])
        {
            await using var content = file.OpenReadStream();
            var type = string.IsNullOrWhiteSpace(file.ContentType) ? "application/octet-stream" : file.ContentType;
            saved.Add(await engine.Get<IContentStore>().SaveAsync(shop, NameOf(file), type, content, cancellationToken));
        }

        return saved;
    }

    // The end of a name tells what it is; the store takes the path off.
    internal static string NameOf(IFormFile file) => file.FileName.Length > MostInName ? file.FileName[^MostInName..] : file.FileName;
}
