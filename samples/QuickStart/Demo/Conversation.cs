using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace QuickStart.Demo;

/// <summary>Asks a question through the shop's own contact form, as a customer does in a browser. The answer is yours.</summary>
internal sealed partial class Conversation(IServer server, IHostApplicationLifetime lifetime, ILogger<Conversation> logger) : BackgroundService
{
    // Nobody writes faster; the form takes whoever does for a robot.
    private static readonly TimeSpan Typing = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        var address = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        using var customer = new HttpClient { BaseAddress = new Uri(address) };
        var form = new Uri("/support/contact/tiny", UriKind.Relative);

        var page = await customer.GetStringAsync(form, stoppingToken);
        var fields = Hidden().Matches(page).ToDictionary(field => field.Groups["name"].Value, field => field.Groups["value"].Value, StringComparer.Ordinal);
        await Task.Delay(Typing, TimeProvider.System, stoppingToken);
        fields["kind"] = "question";
        fields["name"] = "Ada";
        fields["email"] = "ada@example.com";
        fields["subject"] = "Does the blue teapot keep tea warm?";
        fields["message"] = "Hello,\n\nI like the blue one. For how long does it keep tea warm?\n\nAda";
        using var letter = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
#pragma warning disable CA2000 // The letter disposes of what it holds.
            letter.Add(new StringContent(value), name);
#pragma warning restore CA2000
        }

        using var sent = await customer.PostAsync(form, letter, stoppingToken);
        sent.EnsureSuccessStatusCode();
        LogAsked(address);
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hidden();

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Demo: Ada asked something in the contact form. Answer her, and watch the clocks, at {Address}/support/desk/tickets - what she reads is at {Address}/support/inbox. An hour passes every ten seconds. Ctrl+C ends the shop."
    )]
    private partial void LogAsked(string address);
}
