using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Where the operations of one call of MapSupport() are mapped.</summary>
internal sealed class ApiGroup(RouteGroupBuilder routes, ApiGate gate)
{
    public void Map(ApiOperation operation, Delegate handler)
    {
        var endpoint = routes
            .MapMethods(operation.Pattern, [operation.Method], handler)
            .WithMetadata(operation)
            .WithDisplayName($"{operation.Method} {operation.Pattern} ({operation.Id})")
            // Only our own document shows it: others list what has no group.
            .WithGroupName(SupportDocument.Name)
            .WithTags(operation.Tag);
        Protect(endpoint, operation.Policy);
    }

    public void Protect(IEndpointConventionBuilder endpoint, string policy)
    {
        endpoint.WithMetadata(gate);
        if (!gate.IsOpen)
        {
            endpoint.RequireAuthorization(policy);
        }
    }

    /// <summary>What every answer has: no cache keeps it, no browser guesses what it is.</summary>
    public static ValueTask<object?> WriteHeadersAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        return next(context);
    }
}
