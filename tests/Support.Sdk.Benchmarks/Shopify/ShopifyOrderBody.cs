using System.Text.Json;
using System.Text.Json.Nodes;

namespace Support.Sdk.Benchmarks.Shopify;

/// <summary>Bodies of orders/updated.</summary>
internal static class ShopifyOrderBody
{
    private const string At = "2026-11-02T09:59:57+01:00";
    private static readonly string[] Titles = ["Stovetop kettle", "Stoneware mug", "Linen napkin, natural", "Wool throw, dark green"];

    private static readonly string[] Unset =
    [
        "app_id",
        "cancel_reason",
        "cancelled_at",
        "checkout_id",
        "checkout_token",
        "client_details",
        "closed_at",
        "device_id",
        "landing_site",
        "landing_site_ref",
        "location_id",
        "merchant_of_record_app_id",
        "note",
        "original_total_duties_set",
        "po_number",
        "reference",
        "referring_site",
        "source_identifier",
        "source_url",
        "user_id",
    ];

    /// <summary>The two fields that the adapter subscribes to.</summary>
    public static byte[] Name(long id) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = id, ["updated_at"] = At });

    /// <summary>The whole order as a small shop gets it: the members of the REST order, four lines, one parcel.</summary>
    public static byte[] Write(long id)
    {
        var lines = Titles.Select((title, index) => Line((id * 10) + index, title)).ToList();
        var body = new JsonObject
        {
            ["id"] = id,
            ["admin_graphql_api_id"] = $"gid://shopify/Order/{id}",
            ["buyer_accepts_marketing"] = false,
            ["cart_token"] = "c1-7f2d90a1b3c4d5e6f708192a3b4c5d6e",
            ["confirmation_number"] = "K7TQ2MXWD",
            ["confirmed"] = true,
            ["contact_email"] = "anna.lindqvist@example.com",
            ["created_at"] = At,
            ["currency"] = "SEK",
            ["customer_locale"] = "sv-SE",
            ["discount_codes"] = new JsonArray(),
            ["email"] = "anna.lindqvist@example.com",
            ["financial_status"] = "paid",
            ["fulfillment_status"] = "partial",
            ["name"] = $"#{id}",
            ["note_attributes"] = new JsonArray(),
            ["number"] = 1201,
            ["order_number"] = 2201,
            ["order_status_url"] = $"https://kettles.example/orders/{id:x}/authenticate?key=00000000000000000000000000000000",
            ["payment_gateway_names"] = new JsonArray("card"),
            ["phone"] = "+46701740605",
            ["presentment_currency"] = "SEK",
            ["processed_at"] = At,
            ["source_name"] = "web",
            ["tags"] = "returning, gift",
            ["tax_lines"] = new JsonArray(Tax("399.60")),
            ["taxes_included"] = true,
            ["test"] = false,
            ["token"] = "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
            ["updated_at"] = At,
        };
        foreach (var total in (string[])["current_subtotal", "current_total", "current_total_tax", "subtotal", "total", "total_tax", "total_line_items"])
        {
            body[total + "_price"] = "1998.00";
            body[total + "_price_set"] = Money("1998.00");
        }

        Array.ForEach(Unset, name => body[name] = null);
        body["billing_address"] = Address();
        body["customer"] = Customer(id + 7);
        body["fulfillments"] = new JsonArray(Fulfillment(id, lines[0].DeepClone()));
        body["line_items"] = new JsonArray([.. lines]);
        body["refunds"] = new JsonArray();
        body["shipping_address"] = Address();
        body["shipping_lines"] = new JsonArray(Shipping(id + 9));
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private static JsonObject Line(long id, string title) =>
        new()
        {
            ["id"] = id,
            ["admin_graphql_api_id"] = $"gid://shopify/LineItem/{id}",
            ["current_quantity"] = 1,
            ["fulfillable_quantity"] = 1,
            ["fulfillment_service"] = "manual",
            ["fulfillment_status"] = null,
            ["gift_card"] = false,
            ["grams"] = 420,
            ["name"] = title,
            ["price"] = "499.50",
            ["price_set"] = Money("499.50"),
            ["product_exists"] = true,
            ["product_id"] = id + 1000,
            ["properties"] = new JsonArray(),
            ["quantity"] = 1,
            ["requires_shipping"] = true,
            ["sku"] = "KET-STO-01",
            ["taxable"] = true,
            ["title"] = title,
            ["total_discount"] = "0.00",
            ["variant_id"] = id + 2000,
            ["vendor"] = "Kettles",
            ["tax_lines"] = new JsonArray(Tax("99.90")),
            ["duties"] = new JsonArray(),
            ["discount_allocations"] = new JsonArray(),
        };

    private static JsonObject Fulfillment(long order, JsonNode line) =>
        new()
        {
            ["id"] = order + 5,
            ["created_at"] = At,
            ["name"] = $"#{order}.1",
            ["order_id"] = order,
            ["service"] = "manual",
            ["shipment_status"] = "in_transit",
            ["status"] = "success",
            ["tracking_company"] = "PostNord",
            ["tracking_numbers"] = new JsonArray("00370000000000000001"),
            ["tracking_urls"] = new JsonArray("https://tracking.example/00370000000000000001"),
            ["updated_at"] = At,
            ["line_items"] = new JsonArray(line),
        };

    private static JsonObject Customer(long id) =>
        new()
        {
            ["id"] = id,
            ["email"] = "anna.lindqvist@example.com",
            ["created_at"] = At,
            ["first_name"] = "Anna",
            ["last_name"] = "Lindqvist",
            ["state"] = "enabled",
            ["verified_email"] = true,
            ["phone"] = "+46701740605",
            ["currency"] = "SEK",
            ["default_address"] = Address(),
        };

    private static JsonObject Shipping(long id) =>
        new()
        {
            ["id"] = id,
            ["code"] = "home",
            ["price"] = "0.00",
            ["price_set"] = Money("0.00"),
            ["title"] = "PostNord MyPack Home",
            ["tax_lines"] = new JsonArray(),
        };

    private static JsonObject Address() =>
        new()
        {
            ["first_name"] = "Anna",
            ["address1"] = "Storgatan 1",
            ["phone"] = "+46701740605",
            ["city"] = "Uppsala",
            ["zip"] = "753 31",
            ["province"] = null,
            ["country"] = "Sweden",
            ["last_name"] = "Lindqvist",
            ["name"] = "Anna Lindqvist",
            ["country_code"] = "SE",
        };

    private static JsonObject Tax(string price) =>
        new()
        {
            ["price"] = price,
            ["rate"] = 0.25,
            ["title"] = "Moms",
            ["price_set"] = Money(price),
        };

    private static JsonObject Money(string amount) =>
        new()
        {
            ["shop_money"] = new JsonObject { ["amount"] = amount, ["currency_code"] = "SEK" },
            ["presentment_money"] = new JsonObject { ["amount"] = amount, ["currency_code"] = "SEK" },
        };
}
