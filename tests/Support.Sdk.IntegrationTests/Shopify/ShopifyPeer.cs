using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Support.Sdk.IntegrationTests.Shopify;

/// <summary>A Shopify shop of its own, made from Shopify's Admin schema: <c>tests/peers/shopify-admin/server.mjs</c>, which lists its commands.</summary>
/// <remarks>One for a class: <c>IClassFixture&lt;ShopifyPeer&gt;</c>, and each test begins with <see cref="BeginAsync"/>.</remarks>
public sealed class ShopifyPeer : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("support-shopify-").FullName;
    private Process? _process;
    private HttpClient? _client;
    private int _port;

    /// <summary>Where it listens: an <c>ApiBaseAddress</c>. It stays the same after a restart.</summary>
    public Uri Address => Client.BaseAddress!;

    private HttpClient Client => _client ?? throw new InvalidOperationException("The server is not started. Call BeginAsync() first.");

    public async ValueTask InitializeAsync()
    {
        if (Peers.Missing is null)
        {
            await StartAsync();
            _client = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}")) };
        }
    }

    /// <summary>Skips the running test where the server cannot run; otherwise the shop is empty and nothing is counted yet.</summary>
    public async Task BeginAsync()
    {
        Peers.Require();
        await CommandAsync("reset");
    }

    /// <summary>Carries out a command of the server.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="arguments">An object with its arguments, written as JSON.</param>
    /// <returns>What it answers.</returns>
    public async Task<JsonNode> CommandAsync(string command, object? arguments = null)
    {
        var request = arguments is null ? [] : JsonSerializer.SerializeToNode(arguments)!.AsObject();
        request["command"] = command;
        using var response = await Client.PostAsJsonAsync(new Uri("/_control", UriKind.Relative), request, TestContext.Current.CancellationToken);
        var answer = await ReadAsync(response);
        return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException($"{command}: {answer["error"]}");
    }

    /// <summary>Puts an order, written as the schema names its fields.</summary>
    public async Task PutAsync([StringSyntax(StringSyntaxAttribute.Json)] string order) =>
        await CommandAsync("putOrder", new { order = JsonNode.Parse(order) });

    /// <summary>Runs a document, and gives the whole answer with <c>data</c>, <c>errors</c> and <c>extensions</c>.</summary>
    public async Task<JsonNode> RunAsync(string document, object? variables = null)
    {
        using var response = await SendAsync(document, variables);
        return await ReadAsync(response);
    }

    /// <summary>Sends a document with an access token.</summary>
    public async Task<HttpResponseMessage> SendAsync(string document, object? variables = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/admin/api/2026-10/graphql.json", UriKind.Relative));
        request.Content = JsonContent.Create(new { query = document, variables });
        if (token is not null)
        {
            request.Headers.Add("X-Shopify-Access-Token", token);
        }

        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The mutations that arrived, in their order.</summary>
    public async Task<IReadOnlyList<JsonNode>> WritesAsync() => [.. (await CommandAsync("writes"))["writes"]!.AsArray().Select(write => write!)];

    /// <summary>SIGKILL: nothing in it runs any more.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts it again, at the same address and with the shop that it had.</summary>
    public async Task StartAsync()
    {
        var process = Peers.Start(
            Path.Combine("shopify-admin", "server.mjs"),
            "--state",
            Path.Combine(_folder, "shop.jsonl"),
            "--port",
            _port.ToString(CultureInfo.InvariantCulture)
        );
        _process = process;
        using var late = new CancellationTokenSource(Patience, TimeProvider.System);
        var line = await process.StandardOutput.ReadLineAsync(late.Token);
        _port = line is null
            ? throw new InvalidOperationException("The server ended at its start: " + await process.StandardError.ReadToEndAsync(late.Token))
            : JsonNode.Parse(line)!["port"]!.GetValue<int>();
        process.BeginErrorReadLine();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        _client?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("An empty answer.");
}
