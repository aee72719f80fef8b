using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.AspNetCore;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore.Api;

public sealed class FileApiTests
{
    private static async Task<Answer> UploadAsync(
        ApiApplication api,
        byte[] bytes,
        string type,
        string query = "shop=main&name=a.txt",
        string role = SupportPolicies.Agent
    )
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await api.SendAsync(HttpMethod.Post, "/files?" + query, role: role, content: content);
    }

    private static async Task<(long Number, string Id)> AttachAsync(ApiApplication api, byte[] bytes, string type, string name = "a.txt")
    {
        var file = (await UploadAsync(api, bytes, type, $"shop=main&name={Uri.EscapeDataString(name)}")).Is(HttpStatusCode.Created);
        var number = await api.OpenAsync();
        (await api.PostAsync($"/tickets/main/{number}/messages", $$"""{"kind":"note","text":"","attachments":[{{file.Text}}]}""")).Is(HttpStatusCode.Created);
        return (number, file["id"]!);
    }

    [Fact]
    public async Task A_file_goes_in_with_a_message_and_comes_out_as_it_was()
    {
        await using var api = await ApiApplication.StartAsync();
        var (number, id) = await AttachAsync(api, [1, 2, 3], "image/png", "photo of a mug.png");

        var file = (await api.GetAsync($"/tickets/main/{number}/files/{id}", SupportPolicies.ExternalAgent)).Is(HttpStatusCode.OK);

        Assert.Equal([1, 2, 3], file.Bytes);
        Assert.Equal("image/png", file.ContentHeaders.ContentType!.MediaType);
        Assert.Equal(
            ("attachment", "photo of a mug.png"),
            (file.ContentHeaders.ContentDisposition!.DispositionType, file.ContentHeaders.ContentDisposition.FileName!.Trim('"'))
        );
        Assert.Equal(("nosniff", "no-store"), (file.Headers.GetValues("X-Content-Type-Options").Single(), file.Headers.CacheControl!.ToString()));
        Assert.Contains("sandbox", file.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/svg+xml")]
    [InlineData("application/javascript")]
    [InlineData("nonsense")]
    [InlineData("*/*")]
    [InlineData("")]
    public async Task What_a_browser_could_run_comes_out_as_bytes(string type)
    {
        await using var api = await ApiApplication.StartAsync();
        var (number, id) = await AttachAsync(api, "<script>"u8.ToArray(), type);

        Assert.Equal("application/octet-stream", (await api.GetAsync($"/tickets/main/{number}/files/{id}")).ContentHeaders.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_form_with_one_file_is_taken_too()
    {
        await using var api = await ApiApplication.StartAsync();
        using var form = new MultipartFormDataContent();
        using var about = new StringContent("ignored");
        using var bytes = new ByteArrayContent([1, 2, 3, 4]);
        bytes.Headers.ContentType = new("image/jpeg");
        form.Add(about, "about");
        form.Add(bytes, "file", "mug.jpg");

        var file = (await api.SendAsync(HttpMethod.Post, "/files?shop=main", content: form)).Is(HttpStatusCode.Created);

        Assert.Equal(("mug.jpg", "image/jpeg", "4"), (file["name"], file["contentType"], file["length"]));
    }

    [Theory]
    [InlineData("multipart/form-data", "file")]
    [InlineData("multipart/form-data; boundary=x", "body")]
    [InlineData("multipart/form-data; boundary=\"01234567890123456789012345678901234567890123456789012345678901234567890123456789\"", "body")]
    public async Task A_form_that_is_none_is_said_to_be_it(string type, string field)
    {
        await using var api = await ApiApplication.StartAsync();

        var answer = await UploadAsync(api, Encoding.ASCII.GetBytes("--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb"), type, "shop=main");

        Assert.NotEmpty(answer.Error(answer.Json.GetProperty("errors").TryGetProperty(field, out _) ? field : "body"));
    }

    [Theory]
    [InlineData("../../x", "x")]
    [InlineData("..\\..\\x", "x")]
    [InlineData("C:\\Users\\ada\\invoice.pdf", "invoice.pdf")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("..", "file")]
    [InlineData("a\r\nSet-Cookie: x", "a Set-Cookie: x")]
    [InlineData("photo\u202Egnp.exe", "photognp.exe")]
    [InlineData("räksmörgås 漢.png", "räksmörgås 漢.png")]
    public async Task A_name_is_a_name_and_never_a_path(string name, string expected)
    {
        await using var api = await ApiApplication.StartAsync();
        var (number, id) = await AttachAsync(api, [1], "image/png", name);

        var shown = (await api.GetAsync($"/tickets/main/{number}/messages")).Json.GetProperty("items").EnumerateArray().Last().GetProperty("attachments")[0];
        var file = await api.GetAsync($"/tickets/main/{number}/files/{id}");

        Assert.Equal(expected, shown.GetProperty("name").GetString());
        Assert.Equal(expected, file.ContentHeaders.ContentDisposition!.FileNameStar ?? file.ContentHeaders.ContentDisposition.FileName?.Trim('"'));
    }

    [Fact]
    public async Task What_a_message_says_about_its_file_is_not_believed()
    {
        await using var api = await ApiApplication.StartAsync();
        var file = await UploadAsync(api, new byte[1234], "image/png");
        var number = await api.OpenAsync();

        var added = (
            await api.PostAsync(
                $"/tickets/main/{number}/messages",
                $$"""{"kind":"note","text":"","attachments":[{"id":"{{file["id"]}}","name":"../../x\u0007","contentType":"text/html; charset=x\r\nA: b","length":1}]}"""
            )
        ).Is(HttpStatusCode.Created);

        var shown = added.Json.GetProperty("message").GetProperty("attachments")[0];
        Assert.Equal(
            ("x", "application/octet-stream", "1234"),
            (shown.GetProperty("name").GetString(), shown.GetProperty("contentType").GetString(), shown.GetProperty("length").ToString())
        );
    }

    [Fact]
    public async Task A_reply_carries_its_file_to_the_customer()
    {
        await using var api = await ApiApplication.StartAsync();
        var file = await UploadAsync(api, [7, 7], "application/pdf", "shop=main&name=label.pdf");
        var number = await api.OpenAsync();

        (await api.PostAsync($"/tickets/main/{number}/messages", $$"""{"kind":"reply","text":"Here it is.","attachments":[{{file.Text}}]}""")).Is(
            HttpStatusCode.Created
        );
        await api.Support.AtAsync(Given.Monday);

        var attachment = Assert.Single(Assert.Single(api.Support.Channel.Messages).Attachments);
        Assert.Equal(("label.pdf", "application/pdf"), (attachment.Name, attachment.ContentType));
        Assert.Equal([7, 7], attachment.Content.ToArray());
    }

    [Fact]
    public async Task A_file_is_found_in_its_own_ticket_only()
    {
        await using var api = await ApiApplication.StartAsync();
        var (number, id) = await AttachAsync(api, [1], "image/png");
        var other = await api.OpenAsync();
        var loose = (await UploadAsync(api, [1], "image/png"))["id"];

        foreach (
            var path in (string[])
                [
                    $"/tickets/main/{other}/files/{id}",
                    $"/tickets/other/{number}/files/{id}",
                    $"/tickets/main/{number}/files/{loose}",
                    $"/tickets/main/{number}/files/..%2F..%2Fx",
                ]
        )
        {
            (await api.GetAsync(path)).Is(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task A_file_of_another_shop_cannot_be_attached()
    {
        await using var api = await ApiApplication.StartAsync();
        var file = await UploadAsync(api, [1], "image/png", "shop=other");
        var number = await api.OpenAsync();

        var answer = await api.PostAsync($"/tickets/main/{number}/messages", $$"""{"kind":"note","text":"","attachments":[{{file.Text}}]}""");

        Assert.Contains("no such file in this shop", answer.Error("attachments[0].id"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_has_as_many_files_as_are_allowed()
    {
        await using var api = await ApiApplication.StartAsync(with: services => services.Configure<ContentOptions>(options => options.MaxFiles = 1));
        var file = (await UploadAsync(api, [1], "image/png")).Text;
        var number = await api.OpenAsync();

        Assert.Contains(
            "at most 1",
            (await api.PostAsync($"/tickets/main/{number}/messages", $$"""{"kind":"note","text":"","attachments":[{{file}},{{file}}]}""")).Error("attachments"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(1000, HttpStatusCode.Created)]
    [InlineData(1001, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(200_000, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_file_is_as_large_as_it_may_be(int bytes, HttpStatusCode expected)
    {
        await using var api = await ApiApplication.StartAsync(with: services => services.Configure<ContentOptions>(options => options.MaxBytes = 1000));

        (await UploadAsync(api, new byte[bytes], "image/png")).Is(expected);
        using var form = new MultipartFormDataContent();
        using var content = new ByteArrayContent(new byte[bytes]);
        form.Add(content, "file", "a.png");
        (await api.SendAsync(HttpMethod.Post, "/files?shop=main", content: form)).Is(expected);
    }

    [Fact]
    public async Task A_file_may_be_larger_than_the_server_takes_otherwise()
    {
        await using var api = await ApiApplication.StartAsync(with: services =>
            services.Configure<ContentOptions>(options => options.MaxBytes = 40 * 1024 * 1024)
        );

        Assert.Equal("36700160", (await UploadAsync(api, new byte[35 * 1024 * 1024], "video/mp4")).Is(HttpStatusCode.Created)["length"]);
    }

    [Fact]
    public async Task A_file_needs_a_shop()
    {
        await using var api = await ApiApplication.StartAsync();

        Assert.Equal("Is missing.", (await UploadAsync(api, [1], "image/png", "name=a")).Error("shop"));
        (await UploadAsync(api, [1], "image/png", "shop=nowhere")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_external_agent_sees_no_address_in_the_name_of_a_file()
    {
        await using var api = await ApiApplication.StartAsync();
        var (number, id) = await AttachAsync(api, [1], "image/png", "ada@example.com 0701234567.png");

        var file = await api.GetAsync($"/tickets/main/{number}/files/{id}", SupportPolicies.ExternalAgent);

        Assert.Equal("a…@example.com …67.png", file.ContentHeaders.ContentDisposition!.FileNameStar);
    }
}
