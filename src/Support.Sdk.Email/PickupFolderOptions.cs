namespace Support.Sdk.Email;

/// <summary>The settings of the pickup folder, bound from <c>Support:PickupFolder</c>.</summary>
public sealed class PickupFolderOptions
{
    /// <summary>The folder that the mails are written to, created where it is missing; relative to the working directory. Default: <c>mails</c>.</summary>
    public string Path { get; set; } = "mails";

    /// <summary>Whether a mail is on the disk before it counts as accepted. Default: true.</summary>
    /// <remarks>Without it a crash of the process still loses nothing; a power failure can lose, or cut, the mails of the last seconds.</remarks>
    public bool FlushToDisk { get; set; } = true;
}
