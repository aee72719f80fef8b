using Support.Sdk.AspNetCore.Api;

namespace Support.Sdk.AspNetCore.Pages;

/// <summary>A contact point that its holder recognises, and nobody else learns: a link may be forwarded.</summary>
internal static class MaskedContact
{
    private const int ShownAtEnd = 3;

    public static string Of(ContactPoint point)
    {
        var at = point.Value.LastIndexOf('@');
        return at > 0 ? TextScan.Address(point.Value, at) : $"…{point.Value[^Math.Min(ShownAtEnd, point.Value.Length)..]}";
    }
}
