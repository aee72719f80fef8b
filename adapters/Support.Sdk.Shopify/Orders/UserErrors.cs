using Support.Sdk.Shopify.Admin;

namespace Support.Sdk.Shopify.Orders;

/// <summary>What Shopify finds wrong with what it was asked to do.</summary>
internal static class UserErrors
{
    /// <exception cref="ShopifyException">There is one; it names the first field and what is wrong with it.</exception>
    public static void Check(string what, IReadOnlyList<UserErrorNode?>? errors)
    {
        if (errors?.OfType<UserErrorNode>().FirstOrDefault() is { } error)
        {
            var field = string.Join('.', error.Field ?? []);
            throw new ShopifyException($"{what} was refused: {(field.Length > 0 ? field + ": " : "")}{Values.Text(error.Message) ?? "no reason"}");
        }
    }
}
