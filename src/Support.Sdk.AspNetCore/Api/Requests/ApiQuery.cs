using System.Globalization;
using System.Text;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Reads query parameters. What cannot be read is a fault of the call.</summary>
internal static class ApiQuery
{
    public const int MaxLimit = 200;
    public const int DefaultLimit = 50;
    private const int MaxText = 400;

    public static string? Text(this ApiCall call, string name)
    {
        var text = call.Query(name);
        if (text?.Length > MaxText || text?.Contains('\0', StringComparison.Ordinal) is true)
        {
            call.Faults.Add(name, $"Has at most {MaxText} characters.");
            return null;
        }

        return text;
    }

    public static string Required(this ApiCall call, string name)
    {
        if (call.Text(name) is { } text)
        {
            return text;
        }

        call.Faults.Add(name, "Is missing.");
        return "";
    }

    public static T? OneOf<T>(this ApiCall call, string name)
        where T : struct, Enum
    {
        if (call.Query(name) is not { } text)
        {
            return null;
        }

        if (ApiEnums<T>.TryRead(text, out var value))
        {
            return value;
        }

        call.Faults.Add(name, $"Must be one of {string.Join(", ", ApiEnums<T>.Names)}.");
        return null;
    }

    public static bool Flag(this ApiCall call, string name)
    {
        var text = call.Query(name);
        if (text is not (null or "true" or "false"))
        {
            call.Faults.Add(name, "Must be true or false.");
        }

        return text is "true";
    }

    public static int Limit(this ApiCall call)
    {
        if (call.Query("limit") is not { } text)
        {
            return DefaultLimit;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit)
        {
            return limit;
        }

        call.Faults.Add("limit", $"Must be a number from 1 to {MaxLimit}.");
        return DefaultLimit;
    }

    /// <summary>The place that the cursor names, or null at the beginning.</summary>
    public static string? Place(this ApiCall call)
    {
        if (call.Query("cursor") is not { } cursor)
        {
            return null;
        }

        if (ApiCursor.TryRead(List(call), cursor, out var place))
        {
            return place;
        }

        call.Faults.Add("cursor", ApiCursor.Fault);
        return null;
    }

    /// <summary>The number that the cursor names, or 0 at the beginning.</summary>
    public static long NumberPlace(this ApiCall call)
    {
        if (call.Place() is not { } place)
        {
            return 0;
        }

        if (!TryNumber(place, out var number))
        {
            call.Faults.Add("cursor", ApiCursor.Fault);
        }

        return number;
    }

    public static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <summary>The cursor of the page behind a place.</summary>
    public static string Cursor(this ApiCall call, string place) => ApiCursor.Write(List(call), place);

    /// <summary>The address of the same list behind a cursor, or null for none.</summary>
    public static string? Page(this ApiCall call, string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        var page = new StringBuilder((call.Request.PathBase + call.Request.Path).ToUriComponent());
        var separator = '?';
        foreach (var name in call.Operation.Parameters.Select(parameter => parameter.Name))
        {
            if ((string.Equals(name, "cursor", StringComparison.Ordinal) ? cursor : call.Query(name)) is { } value)
            {
                page.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return page.ToString();
    }

    // A cursor is for one list with its filters; how many are read at once may change on the way.
    private static string List(ApiCall call) =>
        string.Join(
            '\n',
            [
                call.Operation.Id,
                Uri.EscapeDataString(call.Path("shop") ?? ""),
                call.Path("number") ?? "",
                .. call
                    .Operation.Parameters.Where(parameter => parameter.Name is not ("cursor" or "limit"))
                    .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(call.Query(parameter.Name) ?? "")}"),
            ]
        );
}
