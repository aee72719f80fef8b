using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Compares JSON with what is expected, and names everything that is wrong with it.</summary>
/// <remarks>A member that is null counts as left out: many clients write nulls for what they do not set.</remarks>
internal static class BodyShape
{
    public static void Check(JsonElement element, JsonTypeInfo type, string path, ApiFaults faults)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(element, type, path, faults);
                break;
            case JsonTypeInfoKind.Enumerable:
                CheckList(element, type, path, faults);
                break;
            case JsonTypeInfoKind.Dictionary:
                CheckDictionary(element, type, path, faults);
                break;
            default:
                if (FaultOf(element, Nullable.GetUnderlyingType(type.Type) ?? type.Type) is { } fault)
                {
                    faults.Add(path, fault);
                }

                break;
        }
    }

    private static void CheckObject(JsonElement element, JsonTypeInfo type, string path, ApiFaults faults)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add(path.Length == 0 ? "body" : path, "Must be an object.");
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var own = Join(path, member.Name);
            var known = type.Properties.FirstOrDefault(property => string.Equals(property.Name, member.Name, StringComparison.Ordinal));
            if (known is null)
            {
                faults.Add(own, $"There is no such member. Known are {string.Join(", ", type.Properties.Select(property => property.Name))}.");
            }
            else if (!seen.Add(member.Name))
            {
                faults.Add(own, "Stands there more than once.");
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                Check(member.Value, type.Options.GetTypeInfo(known.PropertyType), own, faults);
            }
            else
            {
                seen.Remove(member.Name);
            }
        }

        foreach (var missing in type.Properties.Where(property => property.IsRequired && !seen.Contains(property.Name)))
        {
            faults.Add(Join(path, missing.Name), "Is missing.");
        }
    }

    private static void CheckList(JsonElement element, JsonTypeInfo type, string path, ApiFaults faults)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            faults.Add(path, "Must be a list.");
            return;
        }

        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            Check(item, type.Options.GetTypeInfo(type.ElementType!), string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), faults);
        }
    }

    private static void CheckDictionary(JsonElement element, JsonTypeInfo type, string path, ApiFaults faults)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            faults.Add(path.Length == 0 ? "body" : path, "Must be an object.");
            return;
        }

        foreach (var member in element.EnumerateObject())
        {
            Check(member.Value, type.Options.GetTypeInfo(type.ElementType!), Join(path, member.Name), faults);
        }
    }

    private static string? FaultOf(JsonElement element, Type type)
    {
        if (type.IsEnum)
        {
            var names = ApiEnums.Names(type);
            return TextOf(element) is { } name && names.Contains(name, StringComparer.Ordinal) ? null : $"Must be one of {string.Join(", ", names)}.";
        }

        if (type == typeof(long))
        {
            return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out _) ? null : "Must be a whole number.";
        }

        if (type == typeof(DateTimeOffset))
        {
            return ApiTimes.TryRead(TextOf(element), out DateTimeOffset _) ? null : ApiTimes.MomentFault;
        }

        return TextOf(element) is not { } text ? "Must be a text."
            // No database keeps it.
            : text.Contains('\0', StringComparison.Ordinal) ? "Must not contain the character U+0000."
            : null;
    }

    private static string? TextOf(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
