using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Forms;

/// <summary>Reads a posted form piece by piece: what was typed into memory, each file straight into the content store.</summary>
internal sealed class FormReader(IContentStore contents, ContentOptions options)
{
    /// <summary>How many bytes the text of a message may have: more is more characters than are ever kept, whatever they are.</summary>
    public const int MaxMessageBytes = 4 * InboundMessage.MaxText;

    private const int MaxFieldBytes = 8 * 1024;
    private const int MaxFields = 60;
    private const int MaxBoundary = 100;
    private const int MaxFileName = 300;
    private const int BufferSize = 4096;

    /// <summary>How many bytes all of a form may have.</summary>
    public long MaxBytes => (options.MaxFiles * (options.MaxBytes + 1024)) + MaxMessageBytes + (MaxFields * MaxFieldBytes);

    /// <summary>Reads a form.</summary>
    /// <param name="request">The request.</param>
    /// <param name="form">Where it is put: what came before a fault is there all the same.</param>
    /// <param name="shop">The shop that files are kept for.</param>
    /// <param name="takesFiles">Asked before the first file, when the fields before it are known; where it says no, files are passed over.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task ReadAsync(HttpRequest request, PostedForm form, string shop, Func<bool> takesFiles, CancellationToken cancellationToken)
    {
        if (Boundary(request) is not { } boundary)
        {
            form.IsBroken = true;
            return;
        }

        // The server's own limit may be lower than what files may have together; the meter holds ours.
        request.HttpContext.LimitBody(null);
        await using var body = new BodyMeter(request.Body, MaxBytes);
        try
        {
            var reader = new MultipartReader(boundary, body) { HeadersCountLimit = 10, HeadersLengthLimit = 4096 };
            await SectionsAsync(reader, request.ContentLength > MaxBytes, form, shop, takesFiles, cancellationToken);
        }
        catch (InvalidDataException) when (body.IsOver)
        {
            form.IsCut = true;
        }
        // Whether it is the sender's fault or the store's tells whether there was more to read.
        catch (Exception exception) when (exception is BadHttpRequestException or InvalidDataException || (exception is IOException && body.IsAtEnd))
        {
            form.IsBroken = true;
        }
    }

    private async Task SectionsAsync(
        MultipartReader reader,
        bool isTooLarge,
        PostedForm form,
        string shop,
        Func<bool> takesFiles,
        CancellationToken cancellationToken
    )
    {
        bool? takes = null;
        while (!form.IsBroken && !form.IsCut && await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (
                !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var part)
                || !part.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            )
            {
                form.IsBroken = true;
            }
            else if (FileName(part) is not { } name)
            {
                await FieldAsync(form, HeaderUtilities.RemoveQuotes(part.Name).ToString(), section.Body, cancellationToken);
            }
            // Where none was chosen, a browser sends an empty one without a name.
            else if (name.Length > 0)
            {
                form.Chosen++;
                // What is announced as too large is read as far as the fields go, so that they can be shown again.
                form.IsCut = isTooLarge;
                takes ??= takesFiles();
                if (!isTooLarge && takes.Value && form.Chosen <= options.MaxFiles)
                {
                    await FileAsync(form, name, section, shop, cancellationToken);
                }
            }
        }
    }

    private async Task FileAsync(PostedForm form, string name, MultipartSection section, string shop, CancellationToken cancellationToken)
    {
        try
        {
            form.Files.Add(await contents.SaveAsync(shop, name, section.ContentType ?? "application/octet-stream", section.Body, cancellationToken));
        }
        catch (ContentTooLargeException)
        {
            form.TooLarge.Add(FileNames.Clean(name));
        }
    }

    private static string? FileName(ContentDispositionHeaderValue part) =>
        !part.FileName.HasValue && !part.FileNameStar.HasValue ? null
        : HeaderUtilities.RemoveQuotes(part.FileNameStar.HasValue ? part.FileNameStar : part.FileName).ToString() is var name && name.Length > MaxFileName
            ? name[^MaxFileName..]
        : name;

    private static async Task FieldAsync(PostedForm form, string name, Stream body, CancellationToken cancellationToken)
    {
        if (form.Fields.Count + form.Overlong.Count >= MaxFields || name.Length is 0 or > 100)
        {
            form.IsBroken = true;
            return;
        }

        var max = string.Equals(name, FormFields.Message, StringComparison.Ordinal) ? MaxMessageBytes : MaxFieldBytes;
        form.Overlong.Add(name);
        // One more than is taken tells that there is more.
        var text = new ArrayBufferWriter<byte>();
        int read;
        while (text.WrittenCount <= max && (read = await body.ReadAsync(text.GetMemory(BufferSize), cancellationToken)) > 0)
        {
            text.Advance(read);
        }

        if (text.WrittenCount <= max)
        {
            form.Overlong.Remove(name);
            form.Fields.TryAdd(name, Encoding.UTF8.GetString(text.WrittenSpan));
        }
    }

    private static string? Boundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= MaxBoundary } boundary
            ? boundary.ToString()
            : null;
}
