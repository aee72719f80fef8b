namespace Support.Sdk.AspNetCore.Forms;

/// <summary>The fields that every form has.</summary>
internal static class FormFields
{
    public const string Message = "message";
    public const string Files = "files";

    /// <summary>Whoever fills it in sees no page: it is a robot.</summary>
    public const string Trap = "website";

    public const string Stamp = "stamp";

    /// <summary>Where a word of the shop's own guard stands.</summary>
    public const string Guard = "guard";
}
