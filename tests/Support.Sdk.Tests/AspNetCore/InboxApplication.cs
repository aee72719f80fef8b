using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Tests.AspNetCore;

/// <summary>A real server on a loopback port with nothing but the inbox.</summary>
internal sealed class InboxApplication : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly RecordingLog _log = new();

    private InboxApplication(string environment, IDeliveryDesk? desk)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (desk is not null)
        {
            builder.Services.AddSingleton(desk);
        }

        _application = builder.Build();
    }

    public HttpClient Client { get; } = new();

    public IEnumerable<string> Log => _log.Lines;

    public static async Task<InboxApplication> StartAsync(
        IDeliveryDesk? desk,
        string environment = "Development",
        string pattern = "/support/inbox",
        string? pathBase = null
    )
    {
        var inbox = new InboxApplication(environment, desk);
        if (pathBase is not null)
        {
            inbox._application.UsePathBase(pathBase);
            inbox._application.UseRouting();
        }

        inbox._application.MapSupportInbox(pattern);
        await inbox._application.StartAsync();
        inbox.Client.BaseAddress = new Uri(inbox._application.Urls.Single());
        return inbox;
    }

    public Task<string> GetAsync(string path) => Client.GetStringAsync(new Uri(path, UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
        _log.Dispose();
    }

    private sealed class RecordingLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public void Dispose() { }
    }
}
