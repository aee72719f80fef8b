using System.Text;
using System.Text.Json.Nodes;
using Support.Sdk.Orders;
using Support.Sdk.Storefronts;
using Support.Sdk.Webhooks;
using Xunit;

namespace Support.Sdk.Tests.Shopify;

/// <summary>Reads the bodies that Shopify documents, where they are at hand.</summary>
public sealed class ShopifyPayloadTests
{
    private static readonly string[] OfOrders =
    [
        "orders/create",
        "orders/updated",
        "orders/cancelled",
        "orders/fulfilled",
        "orders/partially_fulfilled",
        "orders/paid",
        "orders/delete",
    ];

    // Each file, and the topics that bring such a body.
    private static readonly Dictionary<string, string[]> Topics = new(StringComparer.Ordinal)
    {
        ["AppUninstalled"] = ["app/uninstalled"],
        ["CustomersMarketingConsentUpdate"] = ["customers_marketing_consent/update"],
        ["Fulfillment"] = ["fulfillments/create", "fulfillments/update"],
        ["FulfillmentEventsCreate"] = ["fulfillment_events/create", "fulfillment_events/delete"],
        ["FulfillmentOrdersHoldReleased"] = ["fulfillment_orders/hold_released"],
        ["FulfillmentOrdersPlacedOnHold"] = ["fulfillment_orders/placed_on_hold"],
        ["FulfillmentOrdersRescheduled"] = ["fulfillment_orders/rescheduled"],
        ["Order"] = OfOrders,
        ["OrderEdited"] = ["orders/edited"],
        ["Refund"] = ["refunds/create"],
        ["Shop"] = ["shop/update"],
        ["customers_data_request"] = ["customers/data_request"],
        ["customers_redact"] = ["customers/redact"],
        ["shop_redact"] = ["shop/redact"],
    };

    [Fact]
    public async Task Every_documented_body_is_read()
    {
        var folders = Folders();
        Assert.SkipWhen(folders.Count == 0, "The documented bodies are not beside this repository (shared/data/payloads/shopify-*).");
        var files = folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.json")).ToList();

        Assert.Equal(Topics.Keys.Order(StringComparer.Ordinal), files.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        foreach (var file in files)
        {
            var body = (await File.ReadAllTextAsync(file)).Replace("{shop}.myshopify.com", ShopifyPost.Domain, StringComparison.Ordinal);
            foreach (var topic in Topics[Path.GetFileNameWithoutExtension(file)])
            {
                Check(topic, body, await new ShopifyPost { Topic = topic }.ReadAsync(body));
            }
        }
    }

    private static void Check(string topic, string body, WebhookReading reading)
    {
        Assert.True(reading.Outcome == WebhookOutcome.Events, $"{topic}: {reading.Reason}");
        var json = JsonNode.Parse(Encoding.UTF8.GetBytes(body))!;
        switch (reading.Events)
        {
            case []:
                Assert.DoesNotMatch("^(orders|fulfillments|fulfillment_events|refunds|customers|shop/redact)/", topic);
                break;
            case [OrderChanged changed]:
                var id = topic.StartsWith("orders/", StringComparison.Ordinal) ? json["order_edit"]?["order_id"] ?? json["id"] : json["order_id"];
                Assert.Equal(id?.ToJsonString(), changed.Key.Id);
                break;
            case [PrivacyRequested request]:
                Assert.Equal((string?)json["data_request"]?["id"]?.ToJsonString(), request.RequestId);
                Assert.Equal((json["orders_requested"] ?? json["orders_to_redact"])?.AsArray().Count ?? 0, request.OrderIds.Count);
                // Its phone number lacks the country's code.
                Assert.Equal(json["customer"] is null ? [] : [new ContactPoint("email", "john@example.com")], request.ContactPoints);
                break;
            default:
                Assert.Fail($"{topic} brought {reading.Events.Count} events.");
                break;
        }
    }

    private static List<string> Folders()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var payloads = Path.Combine(folder.FullName, "shared", "data", "payloads");
            if (Directory.Exists(payloads))
            {
                return [.. Directory.EnumerateDirectories(payloads, "shopify-*")];
            }
        }

        return [];
    }
}
