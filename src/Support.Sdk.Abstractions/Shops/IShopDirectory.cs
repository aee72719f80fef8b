namespace Support.Sdk.Shops;

/// <summary>Knows how shops are set up. The built-in one reads the options; a host with shops of its own registers another first.</summary>
public interface IShopDirectory
{
    /// <summary>Finds a shop, or null when it is unknown. Called often: answer from memory.</summary>
    ValueTask<Shop?> FindAsync(string shop, CancellationToken cancellationToken = default);
}

/// <summary>Keeps what is known about shops.</summary>
public interface IShopStore
{
    /// <summary>Reads the state of shops as of a moment. A shop that was never seen has a state without figures.</summary>
    Task<IReadOnlyList<ShopState>> FindAsync(IReadOnlyList<string> shops, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Stops, or with a null <paramref name="reason"/> resumes, sending for a shop. The first reason stays until it is resumed.</summary>
    /// <returns>True when that changed anything.</returns>
    Task<bool> PauseAsync(string shop, string? reason, DateTimeOffset at, CancellationToken cancellationToken = default);
}

/// <summary>The switches that an operator has for a whole shop.</summary>
public interface IShopDesk
{
    /// <summary>Reads a shop's switches and figures.</summary>
    Task<ShopState> FindAsync(string shop, CancellationToken cancellationToken = default);

    /// <summary>Stops sending for a shop at once. Decisions go on; their messages wait, and are overtaken by facts as ever.</summary>
    /// <returns>False when it was paused already.</returns>
    /// <exception cref="ArgumentException"><paramref name="by"/> or <paramref name="reason"/> is empty.</exception>
    Task<bool> PauseAsync(string shop, string by, string reason, CancellationToken cancellationToken = default);

    /// <summary>Lets messages flow again.</summary>
    /// <returns>False when it was not paused.</returns>
    /// <exception cref="ArgumentException"><paramref name="by"/> is empty.</exception>
    Task<bool> ResumeAsync(string shop, string by, CancellationToken cancellationToken = default);
}
