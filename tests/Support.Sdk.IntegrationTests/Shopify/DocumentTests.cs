using System.Text.Json.Nodes;
using Support.Sdk.Shopify;
using Xunit;

namespace Support.Sdk.IntegrationTests.Shopify;

/// <summary>Every document that we send is one that Shopify's schema knows, without fields on their way out.</summary>
public sealed class DocumentTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Every_document_is_valid_for_our_version_and_uses_nothing_deprecated()
    {
        Peers.Require();
        var folder = Path.Combine(Peers.Root, "adapters", "Support.Sdk.Shopify", "Documents");
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.graphql", SearchOption.AllDirectories) : [];
        Assert.NotEmpty(files);

        var report = await ValidateAsync(files);

        output.WriteLine($"Shopify supports the version {report["version"]} until {report["supportedUntil"]}.");
        Assert.Equal(ShopifyShop.DefaultApiVersion, report["version"]!.GetValue<string>());
        Assert.All(
            files,
            file =>
            {
                var found = report["documents"]![file]!;
                Assert.True(Texts(found, "errors") is [] && Texts(found, "deprecated") is [], $"{Path.GetFileName(file)}: {found.ToJsonString()}");
            }
        );
    }

    [Fact]
    public async Task A_good_document_passes()
    {
        var found = await ValidateAsync("query One($id: ID!) { order(id: $id) { id updatedAt fulfillments(first: 5) { displayStatus } } }");

        Assert.Empty(Texts(found, "errors"));
        Assert.Empty(Texts(found, "deprecated"));
    }

    [Fact]
    public async Task What_the_schema_does_not_know_or_gives_up_is_found()
    {
        var found = await ValidateAsync("query One($id: ID!) { order(id: $id) { id promisedAt customer { email } } }");

        Assert.Contains("promisedAt", Assert.Single(Texts(found, "errors")), StringComparison.Ordinal);
        Assert.Contains("Customer.email", Assert.Single(Texts(found, "deprecated")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Shopify_refuses_as_a_bulk_query_is_found()
    {
        var found = await ValidateAsync("{ orders { edges { node { id fulfillments { events { edges { node { status } } } } } } } }");

        Assert.Contains("within a list", Assert.Single(Texts(found, "errors")), StringComparison.Ordinal);
    }

    private static async Task<JsonNode> ValidateAsync(string document)
    {
        Peers.Require();
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, document, TestContext.Current.CancellationToken);
            return (await ValidateAsync([file]))["documents"]![file]!;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<JsonNode> ValidateAsync(string[] files)
    {
        using var process = Peers.Start("validate-documents.mjs", ["--version", ShopifyShop.DefaultApiVersion, .. files]);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var report = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return report.Length > 0 ? JsonNode.Parse(report)! : throw new InvalidOperationException(await errors);
    }

    private static List<string> Texts(JsonNode found, string name) => [.. found[name]!.AsArray().Select(text => text!.GetValue<string>())];
}
