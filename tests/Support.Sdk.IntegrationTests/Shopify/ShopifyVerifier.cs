using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Support.Sdk.IntegrationTests.Shopify;

/// <summary>Shopify's own check of webhooks, from its library for Node: <c>tests/peers/shopify-verifier.mjs</c>.</summary>
public sealed class ShopifyVerifier : IAsyncLifetime
{
    private Process? _process;

    public ValueTask InitializeAsync()
    {
        if (Peers.Missing is null)
        {
            _process = Peers.Start("shopify-verifier.mjs");
            _process.BeginErrorReadLine();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>What Shopify's library says of a webhook: <c>valid</c>, and why not in <c>reason</c>.</summary>
    public Task<JsonNode> VerifyAsync(byte[] body, IReadOnlyDictionary<string, string> headers, string secret) =>
        AskAsync(
            new
            {
                body = Convert.ToBase64String(body),
                headers,
                secret,
            }
        );

    /// <summary>The headers that Shopify sends with a body, signed by its library.</summary>
    /// <param name="body">The body.</param>
    /// <param name="secret">The app's client secret.</param>
    /// <param name="family"><c>classic</c> or <c>next</c>.</param>
    public async Task<IReadOnlyDictionary<string, string>> SignAsync(byte[] body, string secret, string family)
    {
        var answer = await AskAsync(
            new
            {
                sign = true,
                body = Convert.ToBase64String(body),
                secret,
                family,
            }
        );
        return answer["headers"]!.Deserialize<Dictionary<string, string>>()!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    // Lines are answered in turn.
    private async Task<JsonNode> AskAsync(object question)
    {
        Peers.Require();
        var process = _process!;
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question));
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        var answer = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return JsonNode.Parse(answer ?? throw new InvalidOperationException("The verifier ended."))!;
    }
}
