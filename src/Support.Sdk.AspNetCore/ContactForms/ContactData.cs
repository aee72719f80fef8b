using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Support.Sdk.AspNetCore.Forms;

namespace Support.Sdk.AspNetCore.ContactForms;

/// <summary>A message that a shop's own front end sends as JSON: the fields of the form without its files, under the same rules.</summary>
internal sealed class ContactData(FormGate gate, ContactTarget target, Func<string, Task<string?>> ticketPage)
{
    // A character of the text takes at most six bytes (\u0000).
    private const int MaxBody = (6 * Support.Sdk.Tickets.InboundMessage.MaxText) + (64 * 1024);
    private const int MaxId = 100;
    private const string Id = "id";

    public async Task<IResult> ReceiveAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (body, status) = await ReadAsync(context);
        if (body is null)
        {
            return Results.Problem(statusCode: status);
        }

        using var read = body;
        var (form, id, faults) = Fields(body.RootElement);
        if (faults.Count > 0)
        {
            return Results.ValidationProblem(faults);
        }

        return await AnswerAsync(await gate.DataAsync(context, target, form, id), context);
    }

    private async Task<IResult> AnswerAsync(FormAnswer answer, HttpContext context)
    {
        if (answer.EventId is { } eventId)
        {
            var page = target.IsAnonymous ? await ticketPage(eventId) : null;
            var told = new JsonObject
            {
                ["id"] = eventId,
                ["accepted"] = answer.IsNew ? 1 : 0,
                ["repeated"] = answer.IsNew ? 0 : 1,
            };
            if (page is not null)
            {
                told["ticketPage"] = page;
            }

            return Results.Content(told.ToJsonString(), "application/json", statusCode: StatusCodes.Status202Accepted);
        }

        context.Response.AskAgainAfter(answer.RetryAfter);
        return answer.Faults.Count > 0
            ? Results.ValidationProblem(
                answer
                    .Faults.GroupBy(fault => fault.Field, StringComparer.Ordinal)
                    .ToDictionary(group => group.Key, group => group.Select(fault => fault.Text).ToArray(), StringComparer.Ordinal),
                statusCode: FormStatus.Of(answer.Outcome)
            )
            : Results.Problem(statusCode: FormStatus.Of(answer.Outcome));
    }

    private static async Task<(JsonDocument? Body, int Status)> ReadAsync(HttpContext context)
    {
        context.LimitBody(null);
        await using var body = new BodyMeter(context.Request.Body, MaxBody);
        try
        {
            return (await JsonDocument.ParseAsync(body, cancellationToken: context.RequestAborted), 0);
        }
        catch (InvalidDataException) when (body.IsOver)
        {
            return (null, StatusCodes.Status413PayloadTooLarge);
        }
        catch (Exception exception) when (exception is JsonException or BadHttpRequestException)
        {
            return (null, StatusCodes.Status400BadRequest);
        }
    }

    private static (PostedForm Form, string? Id, Dictionary<string, string[]> Faults) Fields(JsonElement body)
    {
        var (form, faults) = (new PostedForm(), new Dictionary<string, string[]>(StringComparer.Ordinal));
        if (body.ValueKind != JsonValueKind.Object)
        {
            faults[""] = ["Must be an object."];
            return (form, null, faults);
        }

        foreach (var member in body.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            if (Text(member) is { } text)
            {
                form.Fields[member.Name] = text;
            }
            else
            {
                faults[member.Name] = ["Must be a text."];
            }
        }

        form.Fields.Remove(Id, out var id);
        if (id?.Length > MaxId)
        {
            faults[Id] = [string.Create(CultureInfo.InvariantCulture, $"Must have at most {MaxId} characters.")];
        }

        return (form, string.IsNullOrEmpty(id) ? null : id, faults);
    }

    private static string? Text(JsonProperty member)
    {
        try
        {
            return member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;
        }
        // Half of a surrogate pair, written as an escape, is no text.
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
