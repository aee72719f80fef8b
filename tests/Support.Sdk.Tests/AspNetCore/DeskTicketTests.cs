using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Tests.Tickets;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore;

public sealed partial class DeskTicketTests
{
    private const string Page = "/support/desk/tickets/main/1";

    [Fact]
    public async Task Who_is_not_signed_in_sees_no_ticket()
    {
        await using var application = await StartAsync(isSignedIn: false);
        using var list = await application.GetAsync("/support/desk/tickets");
        using var page = await application.GetAsync(Page);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (list.StatusCode, page.StatusCode));
    }

    [Fact]
    public async Task The_list_shows_what_is_open_with_its_due_time()
    {
        await using var application = await StartAsync();
        var list = await ReadAsync(application, "/support/desk/tickets?sort=due");
        Assert.Contains("&lt;b&gt;Where&lt;/b&gt; is my teapot?", list, StringComparison.Ordinal);
        Assert.Contains("First response", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_solved_is_listed_only_when_asked_for()
    {
        await using var application = await StartAsync();
        await application.Get<ITicketDesk>().ChangeAsync(new TicketKey("main", 1), new TicketEdit { Status = TicketStatus.Solved }, "bo");
        Assert.Contains("Nothing is open.", await ReadAsync(application, "/support/desk/tickets"), StringComparison.Ordinal);
        Assert.Contains("teapot", await ReadAsync(application, "/support/desk/tickets?show=all"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_goes_on_where_the_page_ended()
    {
        await using var application = await StartAsync();
        for (var number = 0; number < 60; number++)
        {
            await application.AcceptAsync(GivenTicket.Message($"Question {number}", application.Time.GetUtcNow()));
        }

        await application.AtAsync(application.Time.GetUtcNow());
        var first = await ReadAsync(application, "/support/desk/tickets");
        var next = Next().Match(first).Groups["next"].Value;
        var second = await ReadAsync(application, WebUtility.HtmlDecode(next));
        Assert.Contains("Question 59", first, StringComparison.Ordinal);
        Assert.Contains("is my teapot?", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_shows_its_conversation_as_text_and_its_clocks()
    {
        await using var application = await StartAsync();
        var page = await ReadAsync(application, Page);
        Assert.Contains("<pre>&lt;b&gt;Where&lt;/b&gt; is my teapot?</pre>", page, StringComparison.Ordinal);
        Assert.Contains("24 h 0 min left", page, StringComparison.Ordinal);
        Assert.Contains("ada@example.com", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_is_sent_once_in_the_agent_s_name()
    {
        await using var application = await StartAsync();
        var form = await FormAsync(application, ("act", "reply"), ("text", "On its way."), ("status", "Solved"), ("next", ""));
        using var first = await application.Client.PostAsync(new Uri(Page, UriKind.Relative), new FormUrlEncodedContent(form));
        using var again = await application.Client.PostAsync(new Uri(Page, UriKind.Relative), new FormUrlEncodedContent(form));
        await application.AtAsync(application.Time.GetUtcNow());

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (first.StatusCode, again.StatusCode));
        Assert.Contains(
            "On its way.",
            application.Channel.Messages.Single(message => message.Occasion.StartsWith(TicketNotices.Reply, StringComparison.Ordinal)).Text,
            StringComparison.Ordinal
        );
        var page = await ReadAsync(application, Page);
        Assert.Contains("Olga replied", page, StringComparison.Ordinal);
        Assert.Contains(">Solved</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_and_nothing_is_lost()
    {
        await using var application = await StartAsync();
        var form = await FormAsync(application, ("act", "change"), ("status", "Closed"), ("priority", "High"), ("assignee", "bo"));
        using var closed = await application.Client.PostAsync(new Uri(Page, UriKind.Relative), new FormUrlEncodedContent(form));
        var reply = await FormAsync(application, ("act", "reply"), ("text", "Too late."));
        using var refused = await application.Client.PostAsync(new Uri(Page, UriKind.Relative), new FormUrlEncodedContent(reply));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("The ticket is closed. Open it again first.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_elsewhere_changes_nothing()
    {
        await using var application = await StartAsync();
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["act"] = "note", ["text"] = "x" });
        using var response = await application.Client.PostAsync(new Uri(Page, UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_ticket_that_is_not_there_is_not_found()
    {
        await using var application = await StartAsync();
        using var response = await application.GetAsync("/support/desk/tickets/main/99");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task In_development_without_authorization_the_desk_is_open()
    {
        await using var application = await SupportApplication.StartAsync(
            web => web.MapSupportDesk(),
            with: services => services.AddAntiforgery(),
            environment: "Development"
        );
        using var response = await application.GetAsync("/support/desk/tickets");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<SupportApplication> StartAsync(bool isSignedIn = true)
    {
        var application = await SupportDeskTests.StartAsync(isSignedIn);
        await application.AcceptAsync(GivenTicket.Message("<b>Where</b> is my teapot?", application.Time.GetUtcNow()));
        await application.AtAsync(application.Time.GetUtcNow());
        return application;
    }

    private static async Task<Dictionary<string, string>> FormAsync(SupportApplication application, params (string Name, string Value)[] fields)
    {
        var page = await ReadAsync(application, Page);
        var form = fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);
        form["__RequestVerificationToken"] = SupportDeskTests.Token().Match(page).Groups["token"].Value;
        form["request"] = Request().Match(page).Groups["id"].Value;
        return form;
    }

    private static async Task<string> ReadAsync(SupportApplication application, string path)
    {
        using var response = await application.GetAsync(path);
        return await response.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("<a href=\"(?<next>[^\"]*)\" rel=\"next\">", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Next();

    [GeneratedRegex("name=\"request\" value=\"(?<id>[0-9a-f]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Request();
}
