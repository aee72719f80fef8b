using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Deliveries;
using Support.Sdk.Testing;

namespace Support.Sdk.Tests.AspNetCore;

/// <summary>A real server on a loopback port with the whole engine on a SQLite file; the test turns the loops and the clock.</summary>
internal sealed class SupportApplication : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("support-web-").FullName;
    private readonly WebApplication _application;

    private SupportApplication(Action<WebApplication> map, Action<ISupportBuilder>? add, Action<IServiceCollection>? with, string environment)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<IChannel>(Channel);
        with?.Invoke(builder.Services);
        var support = builder
            .Services.AddSupport(options => options.PublicAddress = new Uri("https://shop.example/support"))
            .AddSqlite(options => options.Path = Path.Combine(_folder, "support.db"));
        add ??= one => one.AddShop(Given.Shop);
        add(support);
        foreach (var loop in builder.Services.Where(IsLoop).ToList())
        {
            builder.Services.Remove(loop);
        }

        _application = builder.Build();
        map(_application);
    }

    public FakeTimeProvider Time { get; } = new(Given.Monday);

    public RecordingChannel Channel { get; } = new();

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public Uri Address => Client.BaseAddress!;

    public static async Task<SupportApplication> StartAsync(
        Action<WebApplication> map,
        Action<ISupportBuilder>? add = null,
        Action<IServiceCollection>? with = null,
        string environment = "Production"
    )
    {
        var application = new SupportApplication(map, add, with, environment);
        await application._application.StartAsync();
        application.Client.BaseAddress = new Uri(application._application.Urls.Single());
        return application;
    }

    public T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    public Task AcceptAsync(params SupportEvent[] events) => Get<ISupportIntake>().AcceptAsync(events);

    public async Task AtAsync(DateTimeOffset now)
    {
        Time.SetUtcNow(now);
        await Get<ISupportRunner>().SweepAsync();
        await Get<ISupportRunner>().DeliverAsync();
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool IsLoop(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Namespace?.StartsWith("Support.Sdk", StringComparison.Ordinal) is true;
}
