using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Why something was not done, as RFC 9457 writes it. It names nobody.</summary>
internal sealed class ApiProblem : IResult
{
    public const string ContentType = "application/problem+json";
    private readonly ProblemDetails _problem;

    private ApiProblem(ProblemDetails problem, int status)
    {
        _problem = problem;
        // The type is about:blank, and the title then the phrase of the status.
        (_problem.Status, _problem.Title) = (status, ReasonPhrases.GetReasonPhrase(status));
    }

    public static ApiProblem Of(int status, string detail) => new(new ProblemDetails { Detail = detail }, status);

    public static ApiProblem Of(ApiFaults faults) =>
        new(new HttpValidationProblemDetails(faults.ToErrors()) { Detail = "The request cannot be understood. 'errors' says why, field by field." }, 400);

    public static ApiProblem NoShop(string shop) => Of(404, $"There is no shop '{shop}'.");

    public static ApiProblem NoTicket(TicketKey key) => Of(404, $"There is no ticket {key}.");

    public static ApiProblem NoCustomer(string shop, string id) => Of(404, $"There is no customer {shop}/{id}.");

    public static ApiProblem Nobody() =>
        Of(403, "The application does not tell who you are, and what is done needs a name. Its login has to give an id of 1 to 100 characters.");

    public static ApiProblem Overtaken() => Of(412, "It has changed since the version that If-Match names. Read it again, then decide.");

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = _problem.Status!.Value;
        response.Headers.CacheControl = "no-store";
        response.ContentType = ContentType;
        var bytes = _problem is HttpValidationProblemDetails faults
            ? JsonSerializer.SerializeToUtf8Bytes(faults, ApiText.Json.HttpValidationProblemDetails)
            : JsonSerializer.SerializeToUtf8Bytes(_problem, ApiText.Json.ProblemDetails);
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
