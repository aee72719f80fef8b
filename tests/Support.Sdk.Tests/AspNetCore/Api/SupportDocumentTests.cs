using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.AspNetCore;
using Support.Sdk.AspNetCore.Api;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore.Api;

public sealed class SupportDocumentTests
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    private static async Task<JsonElement> ReadAsync(Action<IServiceCollection>? with = null)
    {
        await using var api = await ApiApplication.StartAsync(with: with);
        var answer = (await api.GetAsync("/openapi.json")).Is(HttpStatusCode.OK);
        return answer.Json;
    }

    private static IEnumerable<(string Path, string Method, JsonElement Operation)> Operations(JsonElement document) =>
        document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path =>
                path.Value.EnumerateObject().Where(member => Methods.Contains(member.Name)).Select(member => (path.Name, member.Name, member.Value))
            );

    [Fact]
    public async Task The_document_is_OpenAPI_3_1_and_lists_the_mapped_endpoints_and_no_others()
    {
        await using var api = await ApiApplication.StartAsync(with: services => services.AddOpenApi());
        var document = (await api.GetAsync("/openapi.json")).Is(HttpStatusCode.OK).Json;

        var mapped = api.Endpoints()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>() is not null)
            .Select(endpoint => $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0].ToLowerInvariant()} {PlainPath(endpoint.RoutePattern)}");

        Assert.StartsWith("3.1.", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal(mapped.Order(), Operations(document).Select(operation => $"{operation.Method} {operation.Path}").Order());
    }

    [Fact]
    public async Task A_document_of_the_application_does_not_list_the_API()
    {
        await using var api = await ApiApplication.StartAsync(with: services => services.AddOpenApi(), map: web => web.MapOpenApi());

        var own = (await api.SendAsync(HttpMethod.Get, "/openapi/v1.json", isBelowRoot: false)).Is(HttpStatusCode.OK);

        Assert.DoesNotContain("/support/api", own.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_tells_how_people_sign_in()
    {
        var document = await ReadAsync(services => services.AddAuthentication().AddCookie("staff"));

        var schemes = document.GetProperty("components").GetProperty("securitySchemes");
        Assert.Equal(
            ("apiKey", ".AspNetCore.staff"),
            (schemes.GetProperty("staff").GetProperty("type").GetString(), schemes.GetProperty("staff").GetProperty("name").GetString())
        );
        Assert.Equal("http", schemes.GetProperty("test").GetProperty("type").GetString());
        Assert.All(Operations(document), one => Assert.Equal(2, one.Operation.GetProperty("security").GetArrayLength()));
    }

    [Fact]
    public async Task Every_operation_has_an_id_a_summary_a_tag_and_documented_problems()
    {
        var operations = Operations(await ReadAsync()).ToList();

        Assert.Equal(operations.Count, operations.Select(operation => operation.Operation.GetProperty("operationId").GetString()).Distinct().Count());
        Assert.All(
            operations,
            one =>
            {
                Assert.EndsWith(".", one.Operation.GetProperty("summary").GetString(), StringComparison.Ordinal);
                Assert.Equal(1, one.Operation.GetProperty("tags").GetArrayLength());
                Assert.Single(one.Operation.GetProperty("security").EnumerateArray());
                var answers = one.Operation.GetProperty("responses").EnumerateObject().ToDictionary(answer => answer.Name, answer => answer.Value);
                Assert.Single(answers, answer => answer.Key.StartsWith('2'));
                Assert.Superset(new HashSet<string> { "400", "401", "403" }, answers.Keys.ToHashSet());
                Assert.All(
                    answers.Where(answer => answer.Key[0] == '4' && answer.Key is not ("401" or "403")),
                    answer => Assert.True(answer.Value.GetProperty("content").TryGetProperty("application/problem+json", out _))
                );
            }
        );
    }

    [Fact]
    public async Task Every_reference_resolves_and_every_component_is_used()
    {
        var document = await ReadAsync();
        var references = References(document).ToHashSet();

        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.True(Resolves(document, reference), reference));
        var components = document.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => $"#/components/schemas/{schema.Name}");
        Assert.Equal(components.Order(), references.Order());
    }

    [Fact]
    public async Task Every_part_of_a_path_is_a_parameter_and_every_parameter_has_a_description()
    {
        Assert.All(
            Operations(await ReadAsync()),
            one =>
            {
                var parameters = one.Operation.TryGetProperty("parameters", out var list) ? list.EnumerateArray().ToList() : [];
                Assert.All(parameters, parameter => Assert.EndsWith(".", parameter.GetProperty("description").GetString(), StringComparison.Ordinal));
                var inPath = parameters
                    .Where(parameter => parameter.GetProperty("in").GetString() is "path")
                    .Select(parameter => parameter.GetProperty("name").GetString());
                Assert.Equal(RoutePatternFactory.Parse(one.Path).Parameters.Select(parameter => parameter.Name).Order(), inPath.Order());
                Assert.Equal(one.Method is not "get", parameters.Exists(parameter => parameter.GetProperty("name").GetString() is "Idempotency-Key"));
            }
        );
    }

    [Fact]
    public async Task The_document_does_not_depend_on_how_the_application_writes_its_own_JSON()
    {
        var plain = await ReadAsync();
        var odd = await ReadAsync(services =>
            services.ConfigureHttpJsonOptions(options =>
            {
                options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper;
                options.SerializerOptions.Converters.Add(new System.Text.Json.Serialization.JsonStringEnumConverter());
            })
        );

        Assert.Equal(plain.GetProperty("paths").GetRawText(), odd.GetProperty("paths").GetRawText());
        Assert.Equal(plain.GetProperty("components").GetRawText(), odd.GetProperty("components").GetRawText());
        var status = plain.GetProperty("components").GetProperty("schemas").GetProperty("TicketStatus").GetProperty("enum");
        Assert.Equal(["new", "open", "pending", "onHold", "solved", "closed"], status.EnumerateArray().Select(value => value.GetString()));
    }

    [Fact]
    public async Task The_document_is_protected_like_the_rest()
    {
        await using var api = await ApiApplication.StartAsync();

        (await api.GetAsync("/openapi.json", role: null)).Is(HttpStatusCode.Unauthorized);
        (await api.GetAsync("/openapi.json", role: "somebody")).Is(HttpStatusCode.Forbidden);
        (await api.GetAsync("/openapi.json", role: SupportPolicies.ExternalAgent)).Is(HttpStatusCode.OK);
    }

    private static string PlainPath(RoutePattern pattern) =>
        string.Concat(
            pattern.PathSegments.Select(segment =>
                "/"
                + string.Concat(
                    segment.Parts.Select(part =>
                        part is RoutePatternParameterPart parameter ? $"{{{parameter.Name}}}" : ((RoutePatternLiteralPart)part).Content
                    )
                )
            )
        );

    private static IEnumerable<string> References(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(member =>
                    member is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [member.Value.GetString()!] : References(member.Value)
                ),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
            _ => [],
        };

    private static bool Resolves(JsonElement document, string reference)
    {
        var place = document;
        return reference.StartsWith("#/", StringComparison.Ordinal) && reference[2..].Split('/').All(part => place.TryGetProperty(part, out place));
    }
}
