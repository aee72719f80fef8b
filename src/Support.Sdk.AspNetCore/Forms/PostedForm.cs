using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Forms;

/// <summary>What came in with a form.</summary>
internal sealed class PostedForm
{
    /// <summary>What was typed, by the name of the field; of two with one name the first.</summary>
    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>The fields whose text was so long that it was not read.</summary>
    public HashSet<string> Overlong { get; } = new(StringComparer.Ordinal);

    /// <summary>How many files were chosen, kept or not.</summary>
    public int Chosen { get; set; }

    /// <summary>The files that are in the content store.</summary>
    public List<ContentReference> Files { get; } = [];

    /// <summary>The names of the files that were larger than is kept.</summary>
    public List<string> TooLarge { get; } = [];

    /// <summary>The whole was larger than is read: what follows in it is not known.</summary>
    public bool IsCut { get; set; }

    /// <summary>It was no form, or ended in the middle.</summary>
    public bool IsBroken { get; set; }
}
