namespace Support.Sdk.Links;

/// <summary>Makes and reads the links that customers get: each proves by itself to whom it was given.</summary>
/// <remarks>
/// Links are encrypted and signed under a key of the installation: nobody can guess one, change one, or read an address out
/// of one. The same link made twice is the same text.
/// </remarks>
public interface ISupportLinks
{
    /// <summary>Makes a link below <see cref="Shops.Shop.PublicAddress"/>, or else <see cref="SupportOptions.PublicAddress"/>.</summary>
    /// <exception cref="InvalidOperationException">Neither is set.</exception>
    ValueTask<Uri> CreateAsync(SignedLink link, CancellationToken cancellationToken = default);

    /// <summary>Reads the last segment of a link.</summary>
    /// <returns>What it was made from, or null when it was forged, damaged, made for another purpose, or has expired.</returns>
    ValueTask<SignedLink?> ReadAsync(string token, LinkPurpose purpose, CancellationToken cancellationToken = default);
}
