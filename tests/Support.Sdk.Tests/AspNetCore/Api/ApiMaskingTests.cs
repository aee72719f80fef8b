using System.Net;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Support.Sdk.AspNetCore;
using Support.Sdk.Orders;
using Support.Sdk.Tickets;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore.Api;

public sealed class ApiMaskingTests
{
    // Letters that no word of the API has, so that what is found is the customer's.
    private static readonly Gen<string> Word = Gen.Char["ÅÄÖéßжЩ漢字qQzZxX'\"<>&\\"].Array[3, 12].Select(letters => "Xq" + new string(letters));
    private static readonly Gen<string> Names = Gen.Select(Word, Word, (first, last) => $"{first} {last}");
    private static readonly Gen<string> Emails = Gen.Select(
        Gen.Char["qzx0123456789.+_-"].Array[2, 12],
        Gen.OneOf("example.com", "mail.example.org"),
        (local, domain) => $"xq{new string(local)}q@{domain}"
    );
    private static readonly Gen<string> Phones = Gen.Char["0123456789"].Array[8, 12].Select(digits => "+" + new string(digits));

    [Fact]
    public async Task Whatever_the_name_and_address_an_external_agent_never_sees_them()
    {
        await using var api = await ApiApplication.StartAsync();
        var order = 0;

        await Gen.Select(Names, Emails, Phones, Names)
            .SampleAsync(
                async (name, email, phone, other) =>
                {
                    var id = $"o{++order}";
                    await api.Support.AcceptAsync(
                        Given.Snapshot(id) with
                        {
                            Customer = new OrderCustomer { Name = other, ContactPoints = [new("email", email), new("sms", phone)] },
                            Shipments =
                            [
                                Given.Parcel() with
                                {
                                    TrackingUrl = new Uri($"https://carrier.example/?to={phone[1..]}"),
                                    Events = [Given.Scan(TrackingStatus.Exception, Given.Monday, $"{other} was not at home")],
                                },
                            ],
                        }
                    );
                    await api.Support.AtAsync(Given.Monday);
                    var number = await api.OpenAsync(
                        $"I am {name} ({other}), write to {email} or call {phone}.",
                        new ContactPoint("email", email),
                        name,
                        order: id
                    );
                    await api.PatchAsync(
                        $"/tickets/main/{number}",
                        $$"""{"subject":{{Json(name)}},"fields":{"of":{{Json(phone)}}},"addTags":["plain"],"reason":{{Json(email)}}}"""
                    );
                    await api.PostAsync($"/tickets/main/{number}/messages", $$"""{"kind":"note","text":{{Json($"{name} called from {phone}")}}}""");
                    var customer = await api.CustomerAsync(new ContactPoint("email", email));
                    await api.PatchAsync($"/customers/main/{customer.Id}", $$"""{"addContacts":[{"channel":"sms","value":{{Json(phone)}}}]}""");

                    string[] secrets = [name, .. name.Split(' '), other, .. other.Split(' '), email, email.Split('@')[0], phone, phone[1..]];
                    foreach (
                        var path in (string[])
                            [
                                $"/tickets/main/{number}",
                                $"/tickets?shop=main&customer={customer.Id}",
                                $"/tickets/main/{number}/messages",
                                $"/tickets/main/{number}/messages/1",
                                $"/customers/main/{customer.Id}",
                            ]
                    )
                    {
                        var answer = (await api.GetAsync(path, SupportPolicies.ExternalAgent)).Is(HttpStatusCode.OK);
                        foreach (var text in answer.Texts())
                        {
                            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
                        }

                        Assert.Contains((await api.GetAsync(path)).Texts(), text => text.Contains(name, StringComparison.Ordinal));
                    }

                    var reply = await api.PostAsync(
                        $"/tickets/main/{number}/messages",
                        """{"kind":"reply","text":"We look into it."}""",
                        SupportPolicies.ExternalAgent
                    );
                    Assert.All(
                        reply.Is(HttpStatusCode.Created).Texts(),
                        text => Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase))
                    );
                },
                iter: 25,
                threads: 1
            );
    }

    [Fact]
    public async Task An_external_agent_answers_a_customer_whose_address_stays_hidden()
    {
        await using var api = await ApiApplication.StartAsync();
        var number = await api.OpenAsync();

        var answer = await api.PostAsync($"/tickets/main/{number}/messages", """{"kind":"reply","text":"It is on its way."}""", SupportPolicies.ExternalAgent);
        await api.Support.AtAsync(Given.Monday);

        Assert.Equal("email", answer.Is(HttpStatusCode.Created).Json.GetProperty("message").GetProperty("channel").GetString());
        Assert.Equal(Given.Email, Assert.Single(api.Support.Channel.Messages).To);
    }

    [Fact]
    public async Task A_customer_who_was_written_to_by_another_name_is_hidden_by_every_name_that_is_known()
    {
        await using var api = await ApiApplication.StartAsync();
        await api.Support.AcceptAsync(
            Given.Snapshot() with
            {
                Customer = new OrderCustomer { Name = "Augusta Byron", ContactPoints = [Given.Email] },
            }
        );
        await api.Support.AtAsync(Given.Monday);
        var number = await api.OpenAsync("Augusta here, order 1001.", name: "Ada", order: "1001");

        var list = await api.GetAsync("/tickets?shop=main", SupportPolicies.ExternalAgent);
        var ticket = await api.GetAsync($"/tickets/main/{number}", SupportPolicies.ExternalAgent);

        Assert.Equal("A. here, order 1001.", list.Json.GetProperty("items")[0].GetProperty("subject").GetString());
        Assert.Equal("A. here, order 1001.", ticket["subject"]);
    }

    [Fact]
    public async Task Nothing_that_is_written_to_the_log_names_the_customer()
    {
        using var log = new RecordingLoggerProvider();
        await using var api = await ApiApplication.StartAsync(with: services => services.AddSingleton<ILoggerProvider>(log));
        var number = await api.OpenAsync();

        await api.GetAsync($"/tickets/main/{number}");
        await api.PostAsync("/tickets?shop=main", """{"text":"Lovelace","from":{"channel":"email","value":"ada@example.com"},"name":"Ada Lovelace"}""");
        await api.PostAsync("/tickets?shop=main", """{"text":"Lovelace","from":{"channel":"email","value":7},"name":"Ada Lovelace"}""");

        Assert.NotEmpty(log.Lines);
        Assert.All(log.Lines, line => Assert.DoesNotContain("lovelace", line, StringComparison.OrdinalIgnoreCase));
        Assert.All(log.Lines, line => Assert.DoesNotContain("ada@", line, StringComparison.OrdinalIgnoreCase));
    }

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
