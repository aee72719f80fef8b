using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Support.Sdk.Shopify.Admin;

/// <summary>The member <c>errors</c> of an answer.</summary>
internal sealed partial class AdminErrors
{
    private const int MaxMessage = 300;
    private const int MaxErrors = 3;

    private readonly List<(string Code, string Message, string? Path)> _errors = [];

    public bool IsEmpty => _errors.Count == 0;

    /// <summary>Whether fields were held back, and nothing else went wrong.</summary>
    public bool IsOnlyDenied => _errors.TrueForAll(error => error.Code is "ACCESS_DENIED");

    public bool IsShopInactive => Has("SHOP_INACTIVE");

    /// <summary>Whether another try can help.</summary>
    public bool Passes => _errors.TrueForAll(error => error.Code is "INTERNAL_SERVER_ERROR" or "SERVICE_UNAVAILABLE" or "TIMEOUT");

    public IReadOnlyList<string> Paths => [.. _errors.Select(error => error.Path).OfType<string>().Distinct(StringComparer.Ordinal)];

    public bool Has(string code) => _errors.Exists(error => string.Equals(error.Code, code, StringComparison.Ordinal));

    /// <summary>Reads what is there: a list, or what gateways answer, a single text.</summary>
    public static AdminErrors Read(JsonElement root, JsonObject variables)
    {
        var result = new AdminErrors();
        if (!root.TryGetProperty("errors", out var errors) || errors.ValueKind is JsonValueKind.Null)
        {
            return result;
        }

        foreach (var error in errors.ValueKind == JsonValueKind.Array ? [.. errors.EnumerateArray()] : new[] { errors })
        {
            result._errors.Add((Code(error), Clean(Message(error), variables), Path(error)));
        }

        return result;
    }

    public override string ToString() =>
        string.Join("; ", _errors.Take(MaxErrors).Select(error => error.Message.Length == 0 ? error.Code : $"{error.Code}: {error.Message}"));

    private static string Code(JsonElement error) =>
        error.ValueKind == JsonValueKind.Object
        && error.TryGetProperty("extensions", out var extensions)
        && extensions.ValueKind == JsonValueKind.Object
        && extensions.TryGetProperty("code", out var code)
        && code.ValueKind == JsonValueKind.String
            ? code.GetString() ?? "NO_CODE"
        : IsThrottled(Message(error)) ? "THROTTLED"
        : "NO_CODE";

    // Older answers have no code beside the message.
    private static bool IsThrottled(string message) => message is "Throttled";

    private static string Message(JsonElement error) =>
        error.ValueKind switch
        {
            JsonValueKind.String => error.GetString() ?? "",
            JsonValueKind.Object when error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String => message.GetString()
                ?? "",
            _ => "",
        };

    private static string? Path(JsonElement error) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty("path", out var path) && path.ValueKind == JsonValueKind.Array
            ? string.Join('.', path.EnumerateArray().Select(step => step.ToString()))
            : null;

    // Messages about a value quote it.
    private static string Clean(string message, JsonObject variables)
    {
        foreach (var sent in Texts(variables).Where(text => text.Length > 2).OrderByDescending(text => text.Length))
        {
            message = message.Replace(sent, "…", StringComparison.OrdinalIgnoreCase);
        }

        message = Personal().Replace(message, "…");
        return message.Length > MaxMessage ? message[..MaxMessage] : message;
    }

    private static IEnumerable<string> Texts(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.SelectMany(member => Texts(member.Value)),
            JsonArray items => items.SelectMany(Texts),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
            _ => [],
        };

    // Addresses, and numbers long enough to be telephone numbers or ids.
    [GeneratedRegex(@"\S+@\S+|\+?\d[\d ()-]{5,}\d", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex Personal();
}
