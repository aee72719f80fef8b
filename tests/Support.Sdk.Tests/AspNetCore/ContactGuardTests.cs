using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Support.Sdk.AspNetCore;
using Support.Sdk.AspNetCore.ContactForms;
using Support.Sdk.Intake;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore;

/// <summary>Floods, robots, and what is too large: a clear answer, and nothing lost.</summary>
public sealed class ContactGuardTests
{
    private const string Path = "/support/contact/main";

    [Fact]
    public async Task Whoever_fills_in_the_hidden_field_is_thanked_and_not_heard()
    {
        using var log = new RecordingLog();
        await using var application = await FormClient.StartAsync(with: services => services.AddLogging(logging => logging.AddProvider(log)));
        var client = new FormClient(application);

        var sent = await client.FillInAsync(Path, FormClient.Letter(("website", "https://spam.example")), [SentFile.Text()]);

        Assert.Equal((HttpStatusCode.SeeOther, "/support/thanks/main"), (sent.Status, sent.Location));
        Assert.Empty(await client.InboxAsync());
        Assert.Equal(0, await application.Get<IContentStore>().RemoveUnusedAsync(Given.Monday.AddYears(1)));
        Assert.Contains("A robot's message to shop main was not taken: a hidden field was filled in. It is number 1 since the start.", log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Contains("ada@", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1.9, false)]
    [InlineData(2, true)]
    public async Task A_form_that_is_answered_faster_than_a_person_writes_is_thanked_and_not_heard(double seconds, bool isHeard)
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);

        var sent = await client.FillInAsync(Path, typing: TimeSpan.FromSeconds(seconds));

        Assert.Equal("/support/thanks/main", sent.Location);
        Assert.Equal(isHeard ? 1 : 0, (await client.InboxAsync()).Count);
    }

    [Theory]
    [InlineData(24, true)]
    [InlineData(24.1, false)]
    public async Task A_form_that_was_open_for_more_than_a_day_is_shown_again_and_can_be_sent_at_once(double hours, bool isHeard)
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);

        var sent = await client.FillInAsync(Path, typing: TimeSpan.FromHours(hours));

        Assert.Equal(isHeard ? HttpStatusCode.SeeOther : HttpStatusCode.BadRequest, sent.Status);
        if (isHeard)
        {
            return;
        }

        Assert.Contains("was open for so long", sent.Body, StringComparison.Ordinal);
        Assert.Contains(">\nIt leaks.", WebUtility.HtmlDecode(sent.Body).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await client.SendAsync(Path, FormClient.Letter(), FormClient.StampIn(sent.Body))).Status);
        Assert.Single(await client.InboxAsync());
    }

    [Fact]
    public async Task A_stamp_that_is_missing_forged_or_from_another_form_sends_nothing_and_loses_nothing()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);
        var good = FormClient.StampIn(await client.ReadAsync(Path));
        application.Time.Advance(FormClient.Typing);
        string?[] stamps = [null, "", "x", good[..^1] + (good[^1] == 'A' ? 'B' : 'A'), new string('A', good.Length), new string('A', 5000)];

        foreach (var stamp in stamps)
        {
            var sent = await client.SendAsync(Path, FormClient.Letter(), stamp);
            Assert.Equal(HttpStatusCode.BadRequest, sent.Status);
            Assert.Contains("value=\"The teapot leaks\"", sent.Body, StringComparison.Ordinal);
        }

        Assert.Empty(await client.InboxAsync());
    }

    [Fact]
    public async Task A_flood_from_one_address_is_told_when_to_come_again_and_keeps_what_it_typed()
    {
        await using var application = await FormClient.StartAsync(options: options => options.MessagesPerAddress = 5);
        var client = new FormClient(application);
        for (var number = 0; number < 5; number++)
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await client.FillInAsync(Path, address: "192.0.2.1")).Status);
        }

        var flooding = await client.FillInAsync(Path, FormClient.Letter(("message", "One more")), [SentFile.Text()], address: "192.0.2.1");
        var other = await client.FillInAsync(Path, address: "192.0.2.2");

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromMinutes(2)), (flooding.Status, flooding.RetryAfter));
        Assert.Contains("send it again in 2 minutes", flooding.Body, StringComparison.Ordinal);
        Assert.Contains("One more</textarea>", flooding.Body, StringComparison.Ordinal);
        Assert.Contains("Choose them again", flooding.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, other.Status);
        Assert.Equal(6, (await client.InboxAsync()).Count);
        Assert.Equal(0, await application.Get<IContentStore>().RemoveUnusedAsync(Given.Monday.AddYears(1)));
    }

    [Fact]
    public async Task A_flood_from_everywhere_is_held_by_the_shops_limit_and_one_shops_flood_is_not_anothers()
    {
        await using var application = await SupportApplication.StartAsync(
            web => web.MapSupportPages(),
            support => support.AddShop(Given.Shop).AddShop(Given.Shop with { Id = "other" }),
            services =>
                services.Configure<ContactFormOptions>(options =>
                {
                    options.MessagesPerAddress = 1000;
                    options.MessagesPerShopAndMinute = 3;
                })
        );
        var client = new FormClient(application);
        for (var number = 0; number < 3; number++)
        {
            await client.FillInAsync(Path);
        }

        var flooding = await client.FillInAsync(Path);
        var other = await client.FillInAsync("/support/contact/other");

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(20)), (flooding.Status, flooding.RetryAfter));
        Assert.Equal(HttpStatusCode.SeeOther, other.Status);
    }

    [Fact]
    public async Task Faults_and_robots_take_no_room()
    {
        await using var application = await FormClient.StartAsync(options: options => options.MessagesPerAddress = 1);
        var client = new FormClient(application);
        for (var number = 0; number < 3; number++)
        {
            await client.FillInAsync(Path, FormClient.Letter(("message", "")));
            await client.FillInAsync(Path, FormClient.Letter(("website", "x")));
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await client.FillInAsync(Path)).Status);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::9", "2001:db8:1:2::/64")]
    [InlineData(null, "")]
    public void An_address_counts_with_the_network_that_its_sender_has_to_himself(string? address, string expected) =>
        Assert.Equal(expected, ContactLimits.Network(address is null ? null : IPAddress.Parse(address)));

    [Fact]
    public async Task Many_messages_from_the_machine_itself_point_at_a_proxy_once()
    {
        using var log = new RecordingLog();
        await using var application = await FormClient.StartAsync(
            with: services => services.AddLogging(logging => logging.AddProvider(log)),
            options: options => options.MessagesPerAddress = 1
        );
        var client = new FormClient(application);

        for (var number = 0; number < 4; number++)
        {
            await client.FillInAsync(Path);
        }

        Assert.Single(log.Lines, line => line.Contains("call UseForwardedHeaders()", StringComparison.Ordinal));
        Assert.Equal(2, log.Lines.Count(line => line.Contains("too many came. There is room again in 00:10:00.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(100_000, HttpStatusCode.SeeOther)]
    [InlineData(100_001, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_text_is_taken_up_to_its_limit_and_shown_again_beyond_it(int characters, HttpStatusCode expected)
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);

        var sent = await client.FillInAsync(Path, FormClient.Letter(("message", new string('x', characters))));

        Assert.Equal(expected, sent.Status);
        Assert.Equal(expected == HttpStatusCode.SeeOther ? 1 : 0, (await client.InboxAsync()).Count);
        if (expected != HttpStatusCode.SeeOther)
        {
            Assert.Contains("longer than 100,000 characters", sent.Body, StringComparison.Ordinal);
            Assert.Contains(new string('x', characters) + "</textarea>", sent.Body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public async Task Ten_megabytes_of_text_are_refused_with_words_and_nothing_is_kept(int maxFiles)
    {
        await using var application = await FormClient.StartAsync(with: services => services.Configure<ContentOptions>(options => options.MaxFiles = maxFiles));
        var client = new FormClient(application);

        var sent = await client.FillInAsync(Path, FormClient.Letter(("message", new string('x', 10 * 1024 * 1024))), [SentFile.Text()]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, sent.Status);
        Assert.Contains("id=\"message-fault\">The text is so long that it was not read.", sent.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"The teapot leaks\"", sent.Body, StringComparison.Ordinal);
        Assert.Empty(await client.InboxAsync());
        Assert.Equal(0, await application.Get<IContentStore>().RemoveUnusedAsync(Given.Monday.AddYears(1)));
    }

    [Fact]
    public async Task A_text_in_any_letters_may_be_as_long_as_one_in_Latin_ones()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);

        var sent = await client.FillInAsync(Path, FormClient.Letter(("message", new string('語', 90_000))));

        Assert.Equal(HttpStatusCode.SeeOther, sent.Status);
    }

    [Fact]
    public async Task A_text_whose_letters_take_more_room_than_there_is_is_refused_with_words()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);

        var pictures = string.Concat(Enumerable.Repeat("😀", 45_000));
        var sent = await client.FillInAsync(Path, FormClient.Letter(("message", pictures)), [SentFile.Text()]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, sent.Status);
        Assert.Contains("id=\"message-fault\"", sent.Body, StringComparison.Ordinal);
        Assert.Equal(0, await application.Get<IContentStore>().RemoveUnusedAsync(Given.Monday.AddYears(1)));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_named_and_nothing_is_kept()
    {
        await using var application = await FormClient.StartAsync(with: services =>
            services.Configure<ContentOptions>(options => options.MaxBytes = 1024 * 1024)
        );
        var client = new FormClient(application);

        var fits = await client.FillInAsync(Path, files: [SentFile.Of("photo.png", 1024 * 1024)]);
        var tooLarge = await client.FillInAsync(Path, files: [SentFile.Text(), SentFile.Of("C:\\film.mov", (1024 * 1024) + 1)]);

        Assert.Equal(HttpStatusCode.SeeOther, fits.Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.Status);
        Assert.Contains("<p class=\"fault\" id=\"files-fault\">“film.mov” is larger than 1 MB.</p>", tooLarge.Body, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#files\">", tooLarge.Body, StringComparison.Ordinal);
        Assert.Equal(1024 * 1024, Assert.Single(Assert.Single(await client.InboxAsync()).Attachments).Length);
        // The one that waits in the inbox is still named by no ticket.
        Assert.Equal(1, await application.Get<IContentStore>().RemoveUnusedAsync(Given.Monday.AddYears(1)));
    }

    [Fact]
    public async Task What_is_announced_as_larger_than_everything_is_read_no_further_than_the_fields()
    {
        await using var application = await FormClient.StartAsync(with: services =>
            services.Configure<ContentOptions>(options => (options.MaxBytes, options.MaxFiles) = (1024, 2))
        );
        var client = new FormClient(application);

        var sent = await client.FillInAsync(Path, files: [SentFile.Of("film.mov", 5 * 1024 * 1024)]);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, sent.Status);
        Assert.Contains("too large to be read", sent.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"ada@example.com\"", sent.Body, StringComparison.Ordinal);
        Assert.Empty(await client.InboxAsync());
    }

    [Fact]
    public async Task Too_many_files_are_counted_and_none_is_kept()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);

        var sent = await client.FillInAsync(Path, files: [.. Enumerable.Range(1, 6).Select(number => SentFile.Text($"{number}.txt"))]);

        Assert.Equal(HttpStatusCode.BadRequest, sent.Status);
        Assert.Contains("Choose at most 5 files.", sent.Body, StringComparison.Ordinal);
        Assert.Equal(0, await application.Get<IContentStore>().RemoveUnusedAsync(Given.Monday.AddYears(1)));
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\boot.ini", "boot.ini")]
    [InlineData("..", "file")]
    [InlineData("faktura åäö.pdf", "faktura åäö.pdf")]
    public async Task A_files_name_is_a_name_and_never_a_path(string name, string expected)
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);

        Assert.Equal(HttpStatusCode.SeeOther, (await client.FillInAsync(Path, files: [SentFile.Text(name)])).Status);

        Assert.Equal(expected, Assert.Single(Assert.Single(await client.InboxAsync()).Attachments).Name);
    }

    [Fact]
    public async Task Where_no_files_are_kept_none_are_asked_for()
    {
        await using var application = await FormClient.StartAsync(with: services => services.Configure<ContentOptions>(options => options.MaxFiles = 0));

        Assert.DoesNotContain("type=\"file\"", await new FormClient(application).ReadAsync(Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_inbox_asks_to_send_again_and_keeps_what_was_typed()
    {
        var busy = new IntakeBusyException("secret detail") { RetryAfter = TimeSpan.FromSeconds(6.2) };
        await using var application = await FormClient.StartAsync(with: services => services.AddSingleton<ISupportIntake>(new BrokenIntake(busy)));
        var client = new FormClient(application);

        var sent = await client.FillInAsync(Path, files: [SentFile.Text()]);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(7)), (sent.Status, sent.RetryAfter));
        Assert.Contains("Nothing you wrote is lost", sent.Body, StringComparison.Ordinal);
        Assert.Contains("Can you help?</textarea>", sent.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret detail", sent.Body, StringComparison.Ordinal);
        Assert.Equal(0, await application.Get<IContentStore>().RemoveUnusedAsync(Given.Monday.AddYears(1)));
    }

    [Fact]
    public async Task A_store_that_is_away_asks_to_send_again_and_keeps_what_was_typed()
    {
        var away = new InvalidOperationException("secret detail");
        await using var application = await FormClient.StartAsync(with: services => services.AddSingleton<ISupportIntake>(new BrokenIntake(away)));

        var sent = await new FormClient(application).FillInAsync(Path);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(30)), (sent.Status, sent.RetryAfter));
        Assert.Contains("value=\"The teapot leaks\"", sent.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("secret detail", sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guard_of_the_shops_own_sees_its_field_and_refuses_with_a_sentence()
    {
        var guard = new WordGuard("Type the word teapot.");
        await using var application = await FormClient.StartAsync(
            with: services => services.AddSingleton<IContactGuard>(guard),
            options: options =>
            {
                options.WidgetHtml = "<label>The word <input name=\"word\"></label>";
                options.WidgetHosts.Add("https://captcha.example");
            }
        );
        var client = new FormClient(application);
        using var form = await application.GetAsync(Path);

        var refused = await client.FillInAsync(Path, FormClient.Letter(("word", "<cup>")), [SentFile.Text()]);
        var taken = await client.FillInAsync(Path, FormClient.Letter(("word", "teapot")), [SentFile.Text()], address: "192.0.2.1");

        Assert.Contains("<input name=\"word\">", await form.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.EndsWith(
            "script-src https://captcha.example; frame-src https://captcha.example; connect-src https://captcha.example",
            Assert.Single(form.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("<a href=\"#guard\">Type the word teapot.</a>", refused.Body, StringComparison.Ordinal);
        Assert.Contains("value=\"The teapot leaks\"", refused.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, taken.Status);
        Assert.Equal(("192.0.2.1", "en", "It leaks.\nCan you help?"), (guard.Last!.Address, guard.Last.Culture, guard.Last.Message.Text));
        Assert.Single(await client.InboxAsync());
    }

    [Fact]
    public async Task A_guard_that_is_down_lets_customers_through()
    {
        using var log = new RecordingLog();
        await using var application = await FormClient.StartAsync(with: services =>
            services.AddSingleton<IContactGuard>(new BrokenGuard()).AddLogging(logging => logging.AddProvider(log))
        );
        var client = new FormClient(application);

        Assert.Equal(HttpStatusCode.SeeOther, (await client.FillInAsync(Path)).Status);

        Assert.Single(await client.InboxAsync());
        Assert.Contains("BrokenGuard failed, so a message passed without it.", log.Lines);
    }

    [Fact]
    public async Task What_is_no_form_is_answered_with_the_form()
    {
        await using var application = await FormClient.StartAsync();
        HttpContent[] bodies =
        [
            new StringContent("x"),
            new FormUrlEncodedContent([new("message", "x")]),
            new StringContent("x") { Headers = { ContentType = new("multipart/form-data") } },
            new StringContent("--b\r\nContent-Disposition: form-data; name=\"message\"\r\n\r\nNo end")
            {
                Headers = { ContentType = new("multipart/form-data") { Parameters = { new("boundary", "b") } } },
            },
            new StringContent("--b\r\nNo: disposition\r\n\r\nx\r\n--b--")
            {
                Headers = { ContentType = new("multipart/form-data") { Parameters = { new("boundary", "b") } } },
            },
        ];

        foreach (var body in bodies)
        {
            using var response = await application.Client.PostAsync(new Uri(Path, UriKind.Relative), body);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains("<form method=\"post\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Empty(await new FormClient(application).InboxAsync());
    }

    [Theory]
    [InlineData(201)]
    [InlineData(9000)]
    public async Task A_field_behind_the_files_is_held_to_the_same_rules(int length)
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);
        var stamp = FormClient.StampIn(await client.ReadAsync(Path));
        application.Time.Advance(FormClient.Typing);
        var letter = FormClient.Letter(("stamp", stamp));
        letter.Remove("subject");
        using var body = new MultipartFormDataContent("b");
        foreach (var (name, value) in letter)
        {
            body.Add(new StringContent(value), $"\"{name}\"");
        }

        body.Add(new StringContent("A picture."), "\"files\"", "\"a.png\"");
        body.Add(new StringContent(new string('x', length)), "\"subject\"");

        using var response = await application.Client.PostAsync(new Uri(Path, UriKind.Relative), body);

        Assert.Equal(length == 201 ? HttpStatusCode.BadRequest : HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("<a href=\"#subject\">", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await client.InboxAsync());
    }

    [Fact]
    public async Task An_upload_that_ends_in_the_middle_leaves_nothing()
    {
        await using var application = await FormClient.StartAsync();
        var client = new FormClient(application);
        var stamp = FormClient.StampIn(await client.ReadAsync(Path));
        application.Time.Advance(FormClient.Typing);
        var body = new StringBuilder();
        foreach (var (name, value) in FormClient.Letter(("stamp", stamp)))
        {
            body.Append("--b\r\nContent-Disposition: form-data; name=\"").Append(name).Append("\"\r\n\r\n").Append(value).Append("\r\n");
        }

        body.Append("--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.png\"\r\n\r\nhalf of a picture");
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(application.Address.Host, application.Address.Port);
            var head =
                $"POST {Path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {body.Length + 1000}\r\n\r\n";
            await socket.GetStream().WriteAsync(Encoding.UTF8.GetBytes(head + body));
        }

        Assert.Equal(HttpStatusCode.OK, (await application.GetAsync(Path)).StatusCode);
        Assert.Empty(await client.InboxAsync());
    }

    [Theory]
    [InlineData("MessagesPerAddress", "0")]
    [InlineData("MessagesPerShopAndMinute", "10001")]
    [InlineData("AddressWindow", "2.00:00:00")]
    [InlineData("WidgetHosts:0", "captcha.example")]
    [InlineData("WidgetHosts:0", "https://captcha.example; script-src *")]
    public void Settings_that_make_no_sense_stop_the_start(string name, string value)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration[$"Support:Contact:{name}"] = value;
        builder.Services.AddSupport();
        var application = builder.Build();

        var exception = Assert.Throws<InvalidOperationException>(() => application.MapSupportPages());

        Assert.Contains($"Support:Contact:{name.Split(':')[0]}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_come_from_the_configuration_and_then_from_code()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Support:Contact:MessagesPerAddress"] = "7";
        builder.Configuration["Support:Contact:MessagesPerShopAndMinute"] = "8";
        builder.Services.AddSupport();
        builder.Services.Configure<ContactFormOptions>(options => options.MessagesPerShopAndMinute = 9);

        var options = ContactSettings.Read(builder.Build().Services);

        Assert.Equal((7, 9, TimeSpan.FromMinutes(10)), (options.MessagesPerAddress, options.MessagesPerShopAndMinute, options.AddressWindow));
    }

    private sealed class WordGuard(string sentence) : IContactGuard
    {
        public ContactAttempt? Last { get; private set; }

        public Task<string?> CheckAsync(ContactAttempt attempt, CancellationToken cancellationToken = default)
        {
            Last = attempt;
            return Task.FromResult(string.Equals(attempt.Fields.GetValueOrDefault("word"), "teapot", StringComparison.Ordinal) ? null : sentence);
        }
    }

    private sealed class BrokenGuard : IContactGuard
    {
        public Task<string?> CheckAsync(ContactAttempt attempt, CancellationToken cancellationToken = default) =>
            throw new HttpRequestException("The provider is down.");
    }

    private sealed class BrokenIntake(Exception exception) : ISupportIntake
    {
        public Task<int> AcceptAsync(IReadOnlyList<SupportEvent> events, CancellationToken cancellationToken = default) => throw exception;

        public Task<IReadOnlyList<InboxEntry>> CheckAsync(IReadOnlyList<SupportEvent> events, CancellationToken cancellationToken = default) => throw exception;
    }
}
