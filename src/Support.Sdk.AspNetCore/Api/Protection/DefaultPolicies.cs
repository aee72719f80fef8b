using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Defines the policies that the application did not define, whenever it does so.</summary>
internal sealed class DefaultPolicies : IPostConfigureOptions<AuthorizationOptions>
{
    // From the least to the most.
    internal static readonly string[] Names = [SupportPolicies.ExternalAgent, SupportPolicies.Agent, SupportPolicies.Lead, SupportPolicies.Admin];

    public void PostConfigure(string? name, AuthorizationOptions options)
    {
        for (var index = 0; index < Names.Length; index++)
        {
            if (options.GetPolicy(Names[index]) is null)
            {
                var above = index + 1 < Names.Length ? Names[index + 1] : null;
                options.AddPolicy(
                    Names[index],
                    policy => policy.AddRequirements(new DenyAnonymousAuthorizationRequirement(), new RoleOrAbove(Names[index], above))
                );
            }
        }
    }
}

/// <summary>A role of this name, or what the policy above asks for.</summary>
/// <param name="Role">The role.</param>
/// <param name="Above">The policy, or null for the highest one.</param>
internal sealed record RoleOrAbove(string Role, string? Above) : IAuthorizationRequirement;

// The service that authorizes asks for its handlers, so this one asks for it only when it is needed.
internal sealed class RoleOrAboveHandler(IServiceProvider services) : AuthorizationHandler<RoleOrAbove>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleOrAbove requirement)
    {
        if (context.User.IsInRole(requirement.Role) || (requirement.Above is { } above && await FulfilsAsync(context, above)))
        {
            context.Succeed(requirement);
        }
    }

    private async Task<bool> FulfilsAsync(AuthorizationHandlerContext context, string policy) =>
        (await services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(context.User, context.Resource, policy)).Succeeded;
}
