namespace Support.Sdk.AspNetCore.ContactForms;

/// <summary>The fields of the contact form beside those of every form; also the members of a message that comes as JSON.</summary>
internal static class ContactFields
{
    public const string Kind = "kind";
    public const string Name = "name";
    public const string Email = "email";
    public const string Order = "order";
    public const string Product = "product";
    public const string Subject = "subject";

    /// <summary>What a link to the form may fill in.</summary>
    public static IReadOnlyList<string> Prefilled { get; } = [Kind, Order, Product, Subject];
}
