using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Deliveries;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore;

public sealed partial class SupportDeskTests
{
    internal static async Task<SupportApplication> StartAsync(bool isSignedIn = true, int holdFirst = 0)
    {
        var application = await SupportApplication.StartAsync(
            web =>
            {
                web.UseAuthentication();
                web.UseAuthorization();
                web.MapSupportDesk();
            },
            support => support.AddShop(Given.Shop with { HoldFirst = holdFirst }),
            services =>
            {
                services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, HeaderIdentity>("test", configureOptions: null);
                services.AddAuthorization();
                services.AddAntiforgery(options => options.Cookie.SecurePolicy = Microsoft.AspNetCore.Http.CookieSecurePolicy.None);
            }
        );
        if (isSignedIn)
        {
            application.Client.DefaultRequestHeaders.Add("X-Test-User", "Olga");
        }

        await application.AcceptAsync(Given.Snapshot());
        await application.AtAsync(Given.Monday);
        await application.AtAsync(Given.PromiseEnds.AddHours(-48));
        return application;
    }

    private static async Task<string> ReadAsync(SupportApplication application, string path)
    {
        using var response = await application.GetAsync(path);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<HttpResponseMessage> ActAsync(SupportApplication application, string id, string act, bool withToken = true)
    {
        var page = await ReadAsync(application, $"/support/desk/messages/{id}");
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["act"] = act, ["reason"] = "The customer called." };
        if (withToken)
        {
            form["__RequestVerificationToken"] = Token().Match(page).Groups["token"].Value;
        }

        using var content = new FormUrlEncodedContent(form);
        return await application.Client.PostAsync(new Uri($"/support/desk/messages/{id}", UriKind.Relative), content);
    }

    private static async Task<MessageDelivery> DeliveryAsync(SupportApplication application) =>
        (await application.Get<IDeliveryDesk>().ListAsync(new DeliveryQuery()))[0];

    [Fact]
    public async Task Who_is_not_signed_in_sees_nothing()
    {
        await using var application = await StartAsync(isSignedIn: false);

        foreach (var path in (string[])["/support/desk", "/support/desk/orders?shop=main&order=1001", "/support/desk/messages/x"])
        {
            using var response = await application.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    [Fact]
    public async Task An_order_shows_every_decision_with_its_reason_and_what_became_of_the_message()
    {
        await using var application = await StartAsync();
        var history = await application.Get<Support.Sdk.Orders.IOrderStore>().HistoryAsync(new("main", "1001"));

        var page = await ReadAsync(application, "/support/desk/orders?shop=main&order=1001");

        string[] expected =
        [
            "<h1>Order 1001</h1>",
            "arrive by 2026-11-13 (Platform)",
            "order-at-risk",
            WebUtility.HtmlEncode(history[0].Reason),
            "Accepted",
            $"/support/desk/messages/{history[0].DeliveryId}\"",
            "Next check",
        ];
        Assert.All(expected, text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_order_names_neither_the_customer_nor_the_address()
    {
        await using var application = await StartAsync();

        var page = await ReadAsync(application, "/support/desk/orders?shop=main&order=1001");

        // The ids of messages are hexadecimal, and may well spell her name in small letters.
        Assert.DoesNotContain("Ada", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ada@", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_standing_ruling_says_why_nothing_is_told()
    {
        await using var application = await StartAsync();
        await application.AcceptAsync(Given.Snapshot("1002") with { Customer = new() });
        await application.AtAsync(Given.PromiseEnds.AddHours(-47));

        var page = await ReadAsync(application, "/support/desk/orders?shop=main&order=1002");

        Assert.Contains("Not told at present", page, StringComparison.Ordinal);
        Assert.Contains("has no address", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_order_that_is_not_known_is_not_found_and_its_id_is_text()
    {
        await using var application = await StartAsync();

        using var response = await application.GetAsync("/support/desk/orders?shop=main&order=%3Cscript%3E");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.DoesNotContain("<script", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_held_message_waits_on_the_first_page_and_is_sent_by_name()
    {
        await using var application = await StartAsync(holdFirst: 1);
        var held = await DeliveryAsync(application);
        Assert.Contains($"/support/desk/messages/{held.Message.Id}\"", await ReadAsync(application, "/support/desk"), StringComparison.Ordinal);

        using var response = await ActAsync(application, held.Message.Id, "release");
        await application.AtAsync(Given.PromiseEnds.AddHours(-47));

        Assert.Equal((HttpStatusCode.Redirect, $"/support/desk/messages/{held.Message.Id}"), (response.StatusCode, response.Headers.Location?.ToString()));
        Assert.Equal(DeliveryState.Accepted, (await DeliveryAsync(application)).State);
        Assert.Contains("by Olga", await ReadAsync(application, "/support/desk/orders?shop=main&order=1001"), StringComparison.Ordinal);
        Assert.Contains("Nothing waits for a person", await ReadAsync(application, "/support/desk"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_held_message_is_discarded_with_the_reason()
    {
        await using var application = await StartAsync(holdFirst: 1);

        using var response = await ActAsync(application, (await DeliveryAsync(application)).Message.Id, "discard");

        var discarded = await DeliveryAsync(application);
        Assert.Equal((DeliveryState.Suppressed, "Discarded by Olga: The customer called."), (discarded.State, discarded.Reason));
    }

    [Fact]
    public async Task What_cannot_be_done_is_said()
    {
        await using var application = await StartAsync();

        using var response = await ActAsync(application, (await DeliveryAsync(application)).Message.Id, "release");

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("The delivery is Accepted", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_elsewhere_changes_nothing()
    {
        await using var application = await StartAsync(holdFirst: 1);

        using var response = await ActAsync(application, (await DeliveryAsync(application)).Message.Id, "release", withToken: false);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(DeliveryState.Held, (await DeliveryAsync(application)).State);
    }

    [Fact]
    public async Task Without_authorization_the_missing_call_is_named()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSupport();
        await using var application = builder.Build();

        Assert.Contains("AddAuthorization()", Assert.Throws<InvalidOperationException>(() => application.MapSupportDesk()).Message, StringComparison.Ordinal);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex Token();
}
