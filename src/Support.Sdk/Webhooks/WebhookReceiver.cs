using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Support.Sdk.Diagnostics;
using Support.Sdk.Intake;

namespace Support.Sdk.Webhooks;

internal sealed partial class WebhookReceiver(WebhookCatalog catalog, ISupportIntake intake, SupportTelemetry telemetry, ILogger<WebhookReceiver> logger)
    : IWebhookReceiver
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    public WebhookTraits? Find(string name) => catalog.Find(name)?.Traits;

    public async Task<WebhookAnswer> ReceiveAsync(string name, WebhookRequest request, CancellationToken cancellationToken = default)
    {
        if (catalog.Find(name) is not { } webhook)
        {
            return Problem(404, "Not found", "There is no webhook of that name.");
        }

        using var activity = telemetry.Webhook(name);
        try
        {
            var reading = await webhook.ReadAsync(request, cancellationToken);
            telemetry.Received(name, reading.Outcome);
            return await AnswerAsync(name, reading, cancellationToken);
        }
        catch (IntakeBusyException busy)
        {
            telemetry.WebhookFailed(name, activity);
            LogBusy(name);
            return Problem(429, "Too many requests", "Events come in faster than they can be stored. Send it again.") with { RetryAfter = busy.RetryAfter };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The sender keeps what was not kept here, and comes again.
            telemetry.WebhookFailed(name, activity);
            LogFailed(exception, name);
            return Problem(503, "Not now", "The event was not kept. Send it again.") with { RetryAfter = Pause };
        }
    }

    private async Task<WebhookAnswer> AnswerAsync(string name, WebhookReading reading, CancellationToken cancellationToken)
    {
        switch (reading.Outcome)
        {
            case WebhookOutcome.Events:
                return await KeepAsync(name, reading.Events, cancellationToken);
            case WebhookOutcome.Ping:
                return new WebhookAnswer { Status = 200 };
            case WebhookOutcome.Answer:
                return new WebhookAnswer
                {
                    Status = reading.Status,
                    Body = reading.Body,
                    ContentType = "text/plain; charset=utf-8",
                };
            case WebhookOutcome.Forged:
                LogForged(name, reading.Reason);
                return Problem(401, "Not proven", reading.Reason);
            default:
                LogMalformed(name, reading.Reason);
                return Problem(400, "Not understood", reading.Reason);
        }
    }

    private async Task<WebhookAnswer> KeepAsync(string name, IReadOnlyList<SupportEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            var added = await intake.AcceptAsync(events, cancellationToken);
            LogKept(name, events.Count, added);
            return new WebhookAnswer
            {
                Status = 200,
                Body = string.Create(CultureInfo.InvariantCulture, $$"""{"accepted":{{added}},"repeated":{{events.Count - added}}}"""),
            };
        }
        catch (ArgumentException exception)
        {
            // Its message may quote the event.
            LogRefused(exception, name);
            return Problem(400, "Not understood", "The event cannot be kept: an id is missing or too long, or it is too large once written out.");
        }
    }

    private static WebhookAnswer Problem(int status, string title, string? detail) =>
        new()
        {
            Status = status,
            ContentType = "application/problem+json",
            Body = new JsonObject
            {
                ["title"] = title,
                ["status"] = status,
                ["detail"] = detail,
            }.ToJsonString(JsonSerializerOptions.Default),
        };

    [LoggerMessage(Level = LogLevel.Debug, Message = "Webhook {Webhook} brought {Count} events, {Added} of them new.")]
    private partial void LogKept(string webhook, int count, int added);

    [LoggerMessage(Level = LogLevel.Information, Message = "Webhook {Webhook} refused a request that is not proven: {Reason}")]
    private partial void LogForged(string webhook, string? reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Webhook} did not understand a genuine request: {Reason}")]
    private partial void LogMalformed(string webhook, string? reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Webhook} brought an event that cannot be kept.")]
    private partial void LogRefused(Exception exception, string webhook);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Webhook} was sent away: events come in faster than they can be stored.")]
    private partial void LogBusy(string webhook);

    [LoggerMessage(Level = LogLevel.Error, Message = "Webhook {Webhook} failed; the sender was asked to come again.")]
    private partial void LogFailed(Exception exception, string webhook);
}
