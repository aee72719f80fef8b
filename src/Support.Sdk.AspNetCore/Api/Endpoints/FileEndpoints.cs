using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Support.Sdk.AspNetCore.Pages.Tickets;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Takes files in and hands them out.</summary>
internal static class FileEndpoints
{
    private const string Bytes = "application/octet-stream";
    private const string Multipart = "multipart/form-data";
    private const int EntriesAtOnce = 1000;

    // Boundaries and headers around the one file.
    private const int MultipartOverhead = 64 * 1024;
    private const int MaxBoundary = 70;

    private static readonly ApiOperation Uploading = new()
    {
        Id = "uploadFile",
        Method = HttpMethods.Post,
        Pattern = "/files",
        Tag = "Files",
        Summary = "Takes one file in and answers what a message names it by.",
        Description =
            "The body is the file itself, with its media type as the Content-Type and its name in the query, or multipart/form-data with one file. "
            + "A file that no ticket names within two days is removed, so one that was sent twice by mistake goes by itself; the key of idempotency changes nothing here.",
        Policy = SupportPolicies.ExternalAgent,
        Parameters = [ApiParameter.Shop, ApiParameter.Text("name", "The name of the file, where the body is the file itself.")],
        Bodies = new Dictionary<string, Func<OpenApiSchema>>(StringComparer.Ordinal)
        {
            [Bytes] = () => new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
            [Multipart] = () =>
                new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Required = new HashSet<string>(StringComparer.Ordinal) { "file" },
                    Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                    {
                        ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                    },
                },
        },
        Status = StatusCodes.Status201Created,
        Answer = typeof(FileModel),
        Problems = [404, 413],
    };

    private static readonly ApiOperation Downloading = new()
    {
        Id = "getFile",
        Method = HttpMethods.Get,
        Pattern = TicketEndpoints.One + "/files/{file}",
        Tag = "Files",
        Summary = "Hands out a file of a ticket, to be saved and not shown.",
        Description = "Files are handed out as they came, to external agents too: what is in a picture cannot be masked.",
        Policy = SupportPolicies.ExternalAgent,
        AnswerMedia = Bytes,
        Problems = [404],
    };

    public static void Map(ApiGroup group)
    {
        group.Map(Uploading, UploadAsync);
        group.Map(Downloading, DownloadAsync);
    }

    private static async Task<IResult> UploadAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        _ = call.Key();
        call.Required("shop");
        var name = call.Text("name");
        if (call.Faults.Any)
        {
            return call.Refuse();
        }

        if (await call.FindShopAsync() is null)
        {
            return ApiProblem.NoShop(call.Shop);
        }

        var most = call.Get<IOptions<ContentOptions>>().Value.MaxBytes;
        context.LimitBody(most + MultipartOverhead);
        try
        {
            await call.StartAsync();
            return IsMultipart(context.Request, out var boundary)
                ? await SavePartAsync(call, boundary)
                : await SaveAsync(call, name, context.Request.ContentType, context.Request.Body);
        }
        catch (Exception exception) when (exception is ContentTooLargeException or BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            return ApiProblem.Of(StatusCodes.Status413PayloadTooLarge, $"A file has at most {most} bytes.");
        }
    }

    private static async Task<IResult> SavePartAsync(ApiCall call, string boundary)
    {
        try
        {
            var reader = new MultipartReader(boundary, call.Request.Body);
            while (await reader.ReadNextSectionAsync(call.Aborted) is { } section)
            {
                if (section.AsFileSection() is { FileStream: { } content } file)
                {
                    return await SaveAsync(call, file.FileName, section.ContentType, content);
                }
            }
        }
        // The reader's own words for parts that do not end, or headers that are too long.
        catch (Exception exception) when (exception is InvalidDataException or IOException && exception is not BadHttpRequestException)
        {
            call.Faults.Add("body", "Is no valid multipart/form-data.");
            return call.Refuse();
        }

        call.Faults.Add("file", "Is missing: no part of the body is a file.");
        return call.Refuse();
    }

    private static async Task<IResult> SaveAsync(ApiCall call, string? name, string? contentType, Stream content)
    {
        var saved = await call.Get<IContentStore>()
            .SaveAsync(call.Shop, AttachedFiles.NameOf(name ?? ""), AttachedFiles.TypeOf(contentType), content, call.Aborted);
        return new ApiAnswer<FileModel>(TicketMapping.Of(saved, Mask.None), ApiText.Json.FileModel) { Status = StatusCodes.Status201Created };
    }

    private static async Task<IResult> DownloadAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        if (await TicketActs.FindAsync(call, call.Ticket) is not { } ticket)
        {
            return ApiProblem.NoTicket(call.Ticket);
        }

        var id = call.Path("file") ?? "";
        if (await FindAsync(call, id) is not { } file || await call.Get<IContentStore>().OpenAsync(ticket.Key.Shop, file.Id, call.Aborted) is not { } content)
        {
            return ApiProblem.Of(StatusCodes.Status404NotFound, $"There is no such file in ticket {ticket.Key}.");
        }

        // Whoever sent it chose its type: no page of ours runs what is in it.
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        var name = TicketMapping.Of(file, await TicketActs.MaskAsync(call, ticket)).Name;
        return Results.Stream(content, TicketFile.ShownAs(file.ContentType), AttachedFiles.NameOf(name));
    }

    private static async Task<ContentReference?> FindAsync(ApiCall call, string id)
    {
        var query = new TicketEntryQuery { Key = call.Ticket, Max = EntriesAtOnce };
        while (true)
        {
            var entries = await call.Get<ITickets>().EntriesAsync(query, call.Aborted);
            if (entries.SelectMany(entry => entry.Attachments).FirstOrDefault(file => string.Equals(file.Id, id, StringComparison.Ordinal)) is { } found)
            {
                return found;
            }

            if (entries.Count < EntriesAtOnce)
            {
                return null;
            }

            query = query with { After = entries[^1].Number };
        }
    }

    private static bool IsMultipart(HttpRequest request, out string boundary)
    {
        boundary = "";
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(Multipart, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        // RFC 2046, section 5.1.1: at most 70 characters.
        boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        boundary = boundary.Length is > 0 and <= MaxBoundary ? boundary : "-";
        return true;
    }
}
