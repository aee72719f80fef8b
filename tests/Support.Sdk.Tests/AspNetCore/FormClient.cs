using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.AspNetCore;
using Support.Sdk.Intake;
using Support.Sdk.Shops;
using Support.Sdk.Tickets;

namespace Support.Sdk.Tests.AspNetCore;

/// <summary>Opens forms, fills them in and sends them, as a browser does; each request may come from an address of its own.</summary>
internal sealed partial class FormClient(SupportApplication application)
{
    private const string AddressHeader = "X-Test-Address";

    public static readonly TimeSpan Typing = TimeSpan.FromSeconds(30);

    public static Task<SupportApplication> StartAsync(Shop? shop = null, Action<IServiceCollection>? with = null, Action<ContactFormOptions>? options = null) =>
        SupportApplication.StartAsync(
            web =>
            {
                web.Use(
                    (context, next) =>
                    {
                        if (IPAddress.TryParse(context.Request.Headers[AddressHeader], out var address))
                        {
                            context.Connection.RemoteIpAddress = address;
                        }

                        return next(context);
                    }
                );
                web.MapSupportPages();
            },
            support => support.AddShop(shop ?? Given.Shop),
            services =>
            {
                with?.Invoke(services);
                services.Configure<ContactFormOptions>(one =>
                {
                    one.MessagesPerAddress = 1000;
                    options?.Invoke(one);
                });
            }
        );

    /// <summary>What a careful visitor writes.</summary>
    public static Dictionary<string, string> Letter(params (string Name, string Value)[] fields)
    {
        var letter = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["kind"] = "orderProblem",
            ["name"] = "Ada",
            ["email"] = "ada@example.com",
            ["order"] = "",
            ["subject"] = "The teapot leaks",
            ["message"] = "It leaks.\r\nCan you help?",
            ["website"] = "",
        };
        foreach (var (name, value) in fields)
        {
            letter[name] = value;
        }

        return letter;
    }

    public async Task<string> ReadAsync(string path, string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.RelativeOrAbsolute));
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        using var response = await application.Client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>Opens the form, takes its time, and sends it.</summary>
    public async Task<Sent> FillInAsync(
        string path,
        Dictionary<string, string>? fields = null,
        IReadOnlyList<SentFile>? files = null,
        TimeSpan? typing = null,
        string? address = null
    )
    {
        var stamp = StampIn(await ReadAsync(path));
        application.Time.Advance(typing ?? Typing);
        return await SendAsync(path, fields ?? Letter(), stamp, files, address);
    }

    public async Task<Sent> SendAsync(
        string path,
        Dictionary<string, string> fields,
        string? stamp,
        IReadOnlyList<SentFile>? files = null,
        string? address = null,
        string? language = null
    )
    {
        using var body = new MultipartFormDataContent("boundary-of-a-test") { HeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        if (stamp is not null)
        {
            body.Add(new StringContent(stamp), "\"stamp\"");
        }

        foreach (var (name, value) in fields)
        {
            body.Add(new StringContent(value), $"\"{name}\"");
        }

        foreach (var file in files ?? [])
        {
            var content = new StreamContent(file.Content());
            content.Headers.TryAddWithoutValidation("Content-Type", file.ContentType);
            content.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"files\"; filename=\"{file.Name}\"");
            body.Add(content);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = body };
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        request.Headers.TryAddWithoutValidation(AddressHeader, address);
        using var response = await application.Client.SendAsync(request);
        return await Sent.OfAsync(response);
    }

    public async Task<Sent> PostJsonAsync(string path, string json, string? address = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation(AddressHeader, address);
        using var response = await application.Client.SendAsync(request);
        return await Sent.OfAsync(response);
    }

    /// <summary>The messages that wait in the inbox.</summary>
    public async Task<IReadOnlyList<InboundMessage>> InboxAsync()
    {
        await application.Get<ISupportRunner>().NextDueAsync();
        var entries = await application.Get<IInboxStore>().ClaimAsync(Given.Monday.AddYears(1), 100, TimeSpan.FromMilliseconds(1));
        return [.. entries.Select(entry => SupportJson.ReadEvent(entry.Body)).OfType<InboundMessage>()];
    }

    /// <summary>The tickets that the inbox became.</summary>
    public async Task<IReadOnlyList<Ticket>> TicketsAsync(string shop = "main")
    {
        await application.Get<ISupportRunner>().SweepAsync();
        await application.Get<ISupportRunner>().DeliverAsync();
        return await application.Get<ITickets>().ListAsync(new TicketQuery { Shop = shop });
    }

    public static string StampIn(string page) => Stamp().Match(page).Groups["stamp"].Value;

    [GeneratedRegex("name=\"stamp\" value=\"(?<stamp>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Stamp();
}

/// <summary>A file that is chosen in a form.</summary>
internal sealed record SentFile(string Name, string ContentType, Func<Stream> Content)
{
    public static SentFile Text(string name = "note.txt", string text = "Hello") =>
        new(name, "text/plain", () => new MemoryStream(Encoding.UTF8.GetBytes(text)));

    public static SentFile Of(string name, int bytes) => new(name, "image/png", () => new MemoryStream(new byte[bytes]));
}

/// <summary>How a form was answered.</summary>
internal sealed record Sent(HttpStatusCode Status, string? Location, string Body, TimeSpan? RetryAfter, string? ContentType)
{
    public static async Task<Sent> OfAsync(HttpResponseMessage response) =>
        new(
            response.StatusCode,
            response.Headers.Location?.ToString(),
            await response.Content.ReadAsStringAsync(),
            response.Headers.RetryAfter?.Delta,
            response.Content.Headers.ContentType?.MediaType
        );
}
