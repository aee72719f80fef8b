using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Support.Sdk.Templates;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Reads the files that a message names. Who sends a reference is not believed: the file has to be there, and is as long as it is.</summary>
internal static class AttachedFiles
{
    private const int MaxId = 200;
    private const int MaxName = 150;

    public static async Task<IReadOnlyList<ContentReference>> ReadAsync(ApiCall call, IReadOnlyList<FileModel>? files)
    {
        if (files is null or [])
        {
            return [];
        }

        var most = call.Get<IOptions<ContentOptions>>().Value.MaxFiles;
        if (files.Count > most)
        {
            call.Faults.Add("attachments", $"A message has at most {most} files.");
            return [];
        }

        await call.StartAsync();
        var read = new List<ContentReference>(files.Count);
        for (var index = 0; index < files.Count; index++)
        {
            if (await ReadAsync(call, files[index]) is { } file)
            {
                read.Add(file);
            }
            else
            {
                call.Faults.Add(FormattableString.Invariant($"attachments[{index}].id"), "There is no such file in this shop. Send it to POST /files first.");
            }
        }

        return read;
    }

    /// <summary>The name of a file without a path, on one line.</summary>
    public static string NameOf(string name)
    {
        var own = PlainLine.Clean(name[(name.LastIndexOfAny(['/', '\\']) + 1)..]).Trim();
        var cut = own.Length <= MaxName ? own : own[..(char.IsHighSurrogate(own[MaxName - 1]) ? MaxName - 1 : MaxName)];
        return cut is "" or "." or ".." ? "file" : cut;
    }

    /// <summary>A media type without parameters, or that of bytes when it is none.</summary>
    public static string TypeOf(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Length is > 0 and <= 100 && !type.MatchesAllTypes && !type.MatchesAllSubTypes
            ? type.MediaType.ToString().ToLowerInvariant()
            : "application/octet-stream";

    private static async Task<ContentReference?> ReadAsync(ApiCall call, FileModel file)
    {
        if (file.Id.Length is 0 or > MaxId || await call.Get<IContentStore>().OpenAsync(call.Shop, file.Id, call.Aborted) is not { } content)
        {
            return null;
        }

        await using (content)
        {
            return new ContentReference
            {
                Id = file.Id,
                Name = NameOf(file.Name),
                ContentType = TypeOf(file.ContentType),
                Length = await LengthAsync(content, call.Aborted),
            };
        }
    }

    private static async Task<long> LengthAsync(Stream content, CancellationToken cancellationToken)
    {
        if (content.CanSeek)
        {
            return content.Length;
        }

        long length = 0;
        var buffer = new byte[16 * 1024];
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            length += read;
        }

        return length;
    }
}
