using System.Net;
using Support.Sdk.AspNetCore;
using Support.Sdk.Deliveries;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore.Api;

public sealed class CustomerApiTests
{
    [Fact]
    public async Task A_customer_is_found_by_a_contact_point_and_shown_with_orders_and_tickets()
    {
        await using var api = await ApiApplication.StartAsync();
        await api.Support.AcceptAsync(Given.Snapshot());
        await api.Support.AtAsync(Given.Monday);
        var number = await api.OpenAsync(order: "1001");
        await api.OpenAsync(from: new ContactPoint("email", "charles@example.com"));

        var found = (await api.GetAsync("/customers?shop=main&contact=email:ADA%40example.com")).Is(HttpStatusCode.OK).Json.GetProperty("items");
        var customer = (await api.GetAsync($"/customers/main/{found[0].GetProperty("id")}")).Is(HttpStatusCode.OK);

        Assert.Equal((1, "Ada Lovelace"), (found.GetArrayLength(), customer["name"]));
        Assert.Equal($"{number}", customer.Json.GetProperty("tickets")[0].GetProperty("number").ToString());
        Assert.Equal("1001", customer.Json.GetProperty("orders")[0].GetProperty("id").GetString());
        Assert.Equal(0, (await api.GetAsync("/customers?shop=main&contact=email:nobody@example.com")).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(2, (await api.GetAsync("/customers?shop=main")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_change_does_what_it_names_and_an_impossible_one_is_said_to_be_it()
    {
        await using var api = await ApiApplication.StartAsync();
        await api.OpenAsync();
        await api.OpenAsync(from: new ContactPoint("email", "charles@example.com"));
        var path = $"/customers/main/{(await api.CustomerAsync()).Id}";

        var changed = (await api.PatchAsync(path, """{"name":"","culture":"sv-SE","addContacts":[{"channel":"sms","value":"+4670"}],"addTags":["vip"]}""")).Is(
            HttpStatusCode.OK
        );

        Assert.False(changed.Json.TryGetProperty("name", out _));
        Assert.Equal(
            ("sv-SE", 2, """["vip"]"""),
            (changed["culture"], changed.Json.GetProperty("contactPoints").GetArrayLength(), changed.Json.GetProperty("tags").GetRawText())
        );
        Assert.Contains("'Mars/Base'", (await api.PatchAsync(path, """{"timeZone":"Mars/Base"}""")).Error("body"), StringComparison.Ordinal);
        Assert.Contains("Changes nothing", (await api.PatchAsync(path, "{}")).Error("body"), StringComparison.Ordinal);
        var taken = await api.PatchAsync(path, """{"addContacts":[{"channel":"email","value":"charles@example.com"}]}""");
        Assert.Contains("Merge the two", taken.Is(HttpStatusCode.Conflict)["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lead_makes_one_customer_of_two_and_the_one_who_went_is_followed()
    {
        await using var api = await ApiApplication.StartAsync();
        await api.OpenAsync();
        await api.OpenAsync(from: new ContactPoint("email", "augusta@example.com"), name: null);
        var (ada, augusta) = ((await api.CustomerAsync()).Id, (await api.CustomerAsync(new ContactPoint("email", "augusta@example.com"))).Id);

        var merged = (await api.PostAsync($"/customers/main/{augusta}/merge", $$"""{"into":"{{ada}}"}""", SupportPolicies.Lead)).Is(HttpStatusCode.OK);
        var again = (await api.PostAsync($"/customers/main/{augusta}/merge", $$"""{"into":"{{ada}}"}""", SupportPolicies.Lead)).Is(HttpStatusCode.OK);

        Assert.Equal((ada, merged.Text), (merged["id"], again.Text));
        Assert.Equal(ada, (await api.GetAsync($"/customers/main/{augusta}"))["id"]);
        Assert.Equal(2, merged.Json.GetProperty("tickets").GetArrayLength());
        Assert.Contains(
            "this customer",
            (await api.PostAsync($"/customers/main/{ada}/merge", $$"""{"into":"{{ada}}"}""", SupportPolicies.Lead)).Error("into"),
            StringComparison.Ordinal
        );
        (await api.PostAsync($"/customers/main/{ada}/merge", """{"into":"nobody"}""", SupportPolicies.Lead)).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_admin_hands_out_all_that_is_stored()
    {
        await using var api = await ApiApplication.StartAsync();
        await api.Support.AcceptAsync(Given.Snapshot());
        await api.Support.AtAsync(Given.Monday);
        await api.OpenAsync();
        var id = (await api.CustomerAsync()).Id;

        var export = (await api.SendAsync(HttpMethod.Post, $"/customers/main/{id}/export", role: SupportPolicies.Admin)).Is(HttpStatusCode.OK);

        Assert.Equal("main", export["shop"]);
        Assert.Equal("1001", export.Json.GetProperty("orders")[0].GetProperty("order").GetProperty("key").GetProperty("id").GetString());
        Assert.Equal($"customer-{id}.json", export.ContentHeaders.ContentDisposition!.FileName);
        Assert.Equal("no-store", export.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task An_admin_erases_a_customer_and_a_repeat_tells_what_was_done()
    {
        await using var api = await ApiApplication.StartAsync();
        await api.Support.AcceptAsync(Given.Snapshot());
        await api.Support.AtAsync(Given.Monday);
        var number = await api.OpenAsync(order: "1001");
        var id = (await api.CustomerAsync()).Id;
        var path = $"/customers/main/{id}/erase";

        Assert.Contains(
            "Is not the id",
            (await api.PostAsync(path, """{"confirm":"yes"}""", SupportPolicies.Admin)).Error("confirm"),
            StringComparison.Ordinal
        );
        var erased = (await api.PostAsync(path, $$"""{"confirm":"{{id}}"}""", SupportPolicies.Admin, user: "root")).Is(HttpStatusCode.OK);
        api.Support.Time.Advance(TimeSpan.FromHours(1));
        var again = (await api.PostAsync(path, $$"""{"confirm":"{{id}}"}""", SupportPolicies.Admin, user: "root")).Is(HttpStatusCode.OK);

        Assert.Equal(("root", "1", "1", "1", "True"), (erased["by"], erased["orders"], erased["tickets"], erased["customers"], erased["isComplete"]));
        Assert.Equal(erased.Text, again.Text);
        var ticket = await api.GetAsync($"/tickets/main/{number}");
        Assert.DoesNotContain("ada", ticket.Text, StringComparison.OrdinalIgnoreCase);
        Assert.True((await api.GetAsync($"/customers/main/{id}")).Json.TryGetProperty("erasedAt", out _));
        (await api.PostAsync($"/tickets/main/{number}/messages", """{"kind":"note","text":"Hm."}""")).Is(HttpStatusCode.Conflict);
        (await api.SendAsync(HttpMethod.Post, $"/customers/main/{id}/export", role: SupportPolicies.Admin)).Is(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task An_erasure_that_is_not_complete_can_be_asked_for_again_by_the_same_customer()
    {
        await using var api = await ApiApplication.StartAsync();
        await api.Support.AcceptAsync(Given.Snapshot());
        await api.Support.AtAsync(Given.Monday);
        api.Support.Time.SetUtcNow(Given.PromiseEnds.AddHours(-48));
        await api.Get<ISupportRunner>().SweepAsync();
        await api.OpenAsync();
        var id = (await api.CustomerAsync()).Id;
        var outbox = api.Get<IOutboxStore>();
        var claimed = await outbox.ClaimAsync(
            new OutboxClaim
            {
                Channel = "email",
                Idempotent = true,
                Now = api.Support.Time.GetUtcNow(),
                Max = 10,
                Lease = TimeSpan.FromMinutes(5),
            }
        );

        var partly = (await api.PostAsync($"/customers/main/{id}/erase", $$"""{"confirm":"{{id}}"}""", SupportPolicies.Admin)).Is(HttpStatusCode.OK);
        await outbox.SaveAsync([
            .. claimed.Select(delivery => new DeliveryUpdate
            {
                Id = delivery.Message.Id,
                From = DeliveryState.Sending,
                LeaseToken = delivery.LeaseToken,
                To = DeliveryState.Accepted,
                At = api.Support.Time.GetUtcNow(),
            }),
        ]);
        var whole = (await api.PostAsync($"/customers/main/{id}/erase", $$"""{"confirm":"{{id}}"}""", SupportPolicies.Admin)).Is(HttpStatusCode.OK);

        Assert.Equal(("False", "True", "1"), (partly["isComplete"], whole["isComplete"], whole["customers"]));
    }
}
