using System.Security.Claims;

namespace Support.Sdk.AspNetCore;

/// <summary>How the HTTP API knows who asks.</summary>
public sealed class SupportApiOptions
{
    /// <summary>
    /// Tells who somebody is: the id stands in the history of what that person does, and is the <c>assignee</c> of a ticket. Default:
    /// the claim <see cref="ClaimTypes.NameIdentifier"/>, else <c>sub</c>, else the name.
    /// </summary>
    /// <remarks>Ids have 1 to 100 characters, are compared ordinally, must stay the same for a person, and must not be <c>customer</c> or <c>engine</c>. Whoever has none can read and not write.</remarks>
    public Func<ClaimsPrincipal, string?> UserId { get; set; } = DefaultUserId;

    /// <summary>True to let everybody do everything, erase customers included, without signing in. Default: false.</summary>
    /// <remarks>Only where something before the application keeps strangers out. No policy applies, and acts are by <c>anonymous</c> unless somebody is signed in.</remarks>
    public bool AllowEverybody { get; set; }

    private static string? DefaultUserId(ClaimsPrincipal user) =>
        user.FindFirstValue(ClaimTypes.NameIdentifier) ?? user.FindFirstValue("sub") ?? user.Identity?.Name;
}
