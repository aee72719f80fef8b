using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Serves the OpenAPI document of the API.</summary>
internal static class DocumentEndpoint
{
    public static IEndpointConventionBuilder Map(RouteGroupBuilder routes) =>
        routes.MapGet("/openapi.json", WriteAsync).WithDisplayName("GET /openapi.json").ExcludeFromDescription();

    private static async Task<IResult> WriteAsync(
        [FromKeyedServices(SupportDocument.Name)] IOpenApiDocumentProvider documents,
        CancellationToken cancellationToken
    )
    {
        var document = await documents.GetOpenApiDocumentAsync(cancellationToken);
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, cancellationToken);
        return Results.Bytes(json.ToArray(), "application/json; charset=utf-8");
    }
}
