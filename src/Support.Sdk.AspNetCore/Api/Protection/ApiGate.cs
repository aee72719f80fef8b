using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Who is let in by one call of MapSupport(). Stands in the metadata of each of its endpoints.</summary>
/// <param name="Options">How people are known.</param>
/// <param name="Stranger">Who acts when nobody is signed in, or null where everybody has to be.</param>
internal sealed record ApiGate(SupportApiOptions Options, string? Stranger)
{
    /// <summary>How long the id of a person may be; see <see cref="SupportAgent.Id"/>.</summary>
    public const int MaxId = 100;

    /// <summary>True where no policy applies.</summary>
    public bool IsOpen => Stranger is not null;

    public static ApiGate Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ApiGate>() ?? throw new InvalidOperationException("The endpoint was not mapped by MapSupport().");

    /// <summary>The id of who asks, or null when the application tells none, or one that stands for nobody in a history.</summary>
    public string? Who(HttpContext context) => Options.UserId(context.User) is { } id ? (IsName(id) ? id : null) : Stranger;

    /// <summary>Whether personal data is hidden from who asks.</summary>
    public async Task<bool> IsMaskedAsync(HttpContext context)
    {
        if (IsOpen)
        {
            return false;
        }

        var authorization = context.RequestServices.GetRequiredService<IAuthorizationService>();
        return !(await authorization.AuthorizeAsync(context.User, context, SupportPolicies.Agent)).Succeeded;
    }

    private static bool IsName(string id) => !string.IsNullOrWhiteSpace(id) && id.Length <= MaxId && !id.Any(char.IsControl) && !TicketBy.IsReserved(id);
}
