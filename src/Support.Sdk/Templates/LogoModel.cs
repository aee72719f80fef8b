namespace Support.Sdk.Templates;

/// <summary>Where the logo of a brand is, and how large it is shown.</summary>
/// <param name="Link">Its address, https.</param>
/// <param name="Width">In CSS pixels, or null when it is not known.</param>
/// <param name="Height">In CSS pixels.</param>
internal sealed record LogoModel(string Link, int? Width, int Height);
