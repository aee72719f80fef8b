using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>The OpenAPI document of the API.</summary>
internal static class SupportDocument
{
    public const string Name = "support";
    private const string Problem = "Problem";
    private const string ValidationProblem = "ValidationProblem";

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => OperationOf(description) is not null;
        options.AddOperationTransformer(WriteOperationAsync);
        options.AddDocumentTransformer(WriteDocumentAsync);
    }

    private static ApiOperation? OperationOf(ApiDescription description) =>
        description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().FirstOrDefault();

    private static Task WriteOperationAsync(OpenApiOperation written, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var operation = OperationOf(context.Description)!;
        var document = context.Document!;
        written.OperationId = operation.Id;
        written.Summary = operation.Summary;
        written.Description = $"{operation.Description} Policy: {operation.Policy}.".TrimStart();
        written.Parameters = [.. PathParameters(operation), .. operation.Parameters.Select(Query), .. Headers(operation)];
        written.RequestBody = Body(operation, document);
        written.Responses = Responses(operation, document);
        return Task.CompletedTask;
    }

    private static async Task WriteDocumentAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Support API",
            Version = "1",
            Description =
                "Tickets, messages, customers, policies and calendars of customer support. Times are RFC 3339 in UTC, durations ISO 8601. Members "
                + "without a value are left out. Problems are RFC 9457. More answers than these may come from the application itself, such as 429.",
        };
        var schemes = await SchemesAsync(document, context.ApplicationServices);
        foreach (var (_, written) in document.Paths.SelectMany(path => path.Value.Operations ?? []))
        {
            written.Security = [.. schemes.Select(scheme => new OpenApiSecurityRequirement { [scheme] = [] })];
        }
    }

    private static IEnumerable<OpenApiParameter> PathParameters(ApiOperation operation) =>
        operation
            .Pattern.Split('/')
            .Where(segment => segment.StartsWith('{'))
            .Select(segment => segment.Trim('{', '}').Split(':'))
            .Select(parts => new OpenApiParameter
            {
                Name = parts[0],
                In = ParameterLocation.Path,
                Required = true,
                Description = parts[0] switch
                {
                    "shop" => "The shop.",
                    "number" => "The number of the ticket.",
                    "message" => "The number of the entry.",
                    "file" => "The id of the file.",
                    "id" => "The id of the customer.",
                    _ => "The name of the calendar; default for the shop's hours.",
                },
                Schema =
                    parts.Length > 1
                        ? new OpenApiSchema
                        {
                            Type = JsonSchemaType.Integer,
                            Format = "int64",
                            Minimum = "1",
                        }
                        : new OpenApiSchema { Type = JsonSchemaType.String },
            });

    private static OpenApiParameter Query(ApiParameter parameter) =>
        new()
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Required = parameter.IsRequired,
            Description = parameter.Description,
            Schema = parameter.Schema(),
        };

    private static IEnumerable<OpenApiParameter> Headers(ApiOperation operation)
    {
        if (operation.IsWrite)
        {
            yield return Header(
                ApiHeaders.IdempotencyKey,
                "An id of the caller's own choice under which this is done once, however often it is asked for; 1 to 200 visible ASCII characters."
            );
        }

        if (operation.ReadsIfMatch)
        {
            yield return Header("If-Match", "The entity tag that was seen: it is done only if nothing has changed since.");
        }

        if (!operation.IsWrite && operation.HasTag)
        {
            yield return Header("If-None-Match", "Entity tags that are known already: the answer is 304 if nothing has changed since.");
        }
    }

    private static OpenApiParameter Header(string name, string description) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };

    private static OpenApiRequestBody? Body(ApiOperation operation, OpenApiDocument document)
    {
        var content = operation.Body is { } body
            ? new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/json"] = new() { Schema = SchemaBook.OfBody(body, document) } }
            : operation.Bodies.ToDictionary(pair => pair.Key, pair => new OpenApiMediaType { Schema = pair.Value() }, StringComparer.Ordinal);
        return content.Count == 0 ? null : new OpenApiRequestBody { Required = true, Content = content };
    }

    private static OpenApiResponses Responses(ApiOperation operation, OpenApiDocument document)
    {
        var responses = new OpenApiResponses { [Code(operation.Status)] = Success(operation, document) };
        if (!operation.IsWrite && operation.HasTag)
        {
            responses[Code(StatusCodes.Status304NotModified)] = new OpenApiResponse { Description = "It has not changed." };
        }

        responses[Code(StatusCodes.Status400BadRequest)] = Problems(400, ValidationProblem, document);
        // These come from the application's own authentication, before the API is asked.
        responses[Code(StatusCodes.Status401Unauthorized)] = new OpenApiResponse { Description = "Nobody is signed in." };
        responses[Code(StatusCodes.Status403Forbidden)] = new OpenApiResponse
        {
            Description = $"Who is signed in does not fulfil the policy {operation.Policy}.",
        };
        foreach (var status in operation.Problems)
        {
            responses[Code(status)] = Problems(status, Problem, document);
        }

        return responses;
    }

    private static OpenApiResponse Success(ApiOperation operation, OpenApiDocument document)
    {
        var headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        Add(operation.HasTag, "ETag", "The version that is shown; If-Match takes it.");
        Add(operation.Status == StatusCodes.Status201Created && operation.HasTag, "Location", "Where it is.");
        Add(operation.Parameters.Contains(ApiParameter.Cursor), "Link", "The next page, as RFC 8288 writes it.");
        return new OpenApiResponse
        {
            Description = operation.Status == StatusCodes.Status201Created ? "It was made, now or under the same key before." : "It went well.",
            Headers = headers,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [operation.AnswerMedia] = new()
                {
                    Schema = operation.Answer is { } answer
                        ? SchemaBook.Of(answer, document)
                        : new OpenApiSchema { Type = operation.AnswerMedia is "application/json" ? JsonSchemaType.Object : JsonSchemaType.String },
                },
            },
        };

        void Add(bool has, string name, string description)
        {
            if (has)
            {
                headers[name] = new OpenApiHeader
                {
                    Description = description,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                };
            }
        }
    }

    private static OpenApiResponse Problems(int status, string id, OpenApiDocument document)
    {
        if (document.Components?.Schemas?.ContainsKey(id) is not true)
        {
            document.AddComponent<IOpenApiSchema>(id, ProblemSchema(namesFields: id is ValidationProblem));
        }

        return new OpenApiResponse
        {
            Description = ReasonPhrases.GetReasonPhrase(status) + ".",
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [ApiProblem.ContentType] = new() { Schema = new OpenApiSchemaReference(id, document) },
            },
        };
    }

    private static OpenApiSchema ProblemSchema(bool namesFields)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "Why something was not done (RFC 9457).",
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["title"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The phrase of the status." },
                ["status"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Integer,
                    Format = "int32",
                    Description = "The status.",
                },
                ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Why, in words for a developer." },
            },
        };
        if (namesFields)
        {
            schema.Properties["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "What is wrong, by the member, query parameter or header.",
                AdditionalProperties = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            };
        }

        return schema;
    }

    // How people sign in is the application's; what it registered tells.
    private static async Task<IReadOnlyList<OpenApiSecuritySchemeReference>> SchemesAsync(OpenApiDocument document, IServiceProvider services)
    {
        var known = services.GetService<IAuthenticationSchemeProvider>() is { } provider ? await provider.GetAllSchemesAsync() : [];
        var references = new List<OpenApiSecuritySchemeReference>();
        foreach (var scheme in known)
        {
            var id = string.Concat(scheme.Name.Where(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'));
            var isCookie = scheme.HandlerType.Name.Contains("Cookie", StringComparison.Ordinal);
            document.AddComponent<IOpenApiSecurityScheme>(
                id,
                new OpenApiSecurityScheme
                {
                    Description = $"As the application signs people in: {scheme.DisplayName ?? scheme.Name}.",
                    Type = isCookie ? SecuritySchemeType.ApiKey : SecuritySchemeType.Http,
                    In = isCookie ? ParameterLocation.Cookie : null,
                    Name = isCookie ? ".AspNetCore." + scheme.Name : null,
                    Scheme = isCookie ? null : "bearer",
                }
            );
            references.Add(new OpenApiSecuritySchemeReference(id, document));
        }

        return references;
    }

    private static string Code(int status) => status.ToString(CultureInfo.InvariantCulture);
}
