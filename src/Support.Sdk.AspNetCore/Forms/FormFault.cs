namespace Support.Sdk.AspNetCore.Forms;

/// <summary>A field that cannot be taken as it is.</summary>
/// <param name="Field">The name of the field.</param>
/// <param name="Text">What to do about it, for whoever filled it in.</param>
internal sealed record FormFault(string Field, string Text);
