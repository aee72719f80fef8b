namespace Support.Sdk.Shopify.Orders;

/// <summary>The metafield that holds a shop's own promise.</summary>
internal sealed record PromiseMetafield(string Namespace, string Key)
{
    /// <summary>Tells whether a setting names a metafield, or none.</summary>
    public static bool IsName(string? name) =>
        string.IsNullOrEmpty(name)
        || (
            name.IndexOf('.', StringComparison.Ordinal) is var dot
            && dot > 0
            && dot < name.Length - 1
            && name.Remove(dot, 1).All(one => char.IsAsciiLetterOrDigit(one) || one is '_' or '-' or '$' or ':')
        );

    /// <summary>Reads <c>namespace.key</c>, which was checked at the start; null for none.</summary>
    public static PromiseMetafield? Parse(string? name) =>
        string.IsNullOrEmpty(name)
            ? null
            : new PromiseMetafield(name[..name.IndexOf('.', StringComparison.Ordinal)], name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]);
}
