using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Relational;
using Support.Sdk.Storefronts;
using Xunit;

namespace Support.Sdk.Tests.Relational;

/// <summary>What an adapter remembers, beside the rules that every store keeps.</summary>
public sealed class StateStoreTests : IDisposable
{
    private static readonly StateEntry Token = new()
    {
        Shop = "main",
        Name = "shopify/token",
        Value = "secret",
    };

    private readonly SqliteFile _file = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task What_was_saved_is_there_when_the_process_starts_again()
    {
        await using (var first = _file.Open())
        {
            Assert.True(await new StateStore(first).SaveAsync(Token, Stop));
        }

        await using var second = _file.Open();

        Assert.Equal(Token with { Version = 1 }, await new StateStore(second).FindAsync("main", "shopify/token", Stop));
    }

    [Fact]
    public async Task A_refusal_says_what_to_do()
    {
        await using var database = _file.Open();
        var store = new StateStore(database);

        Assert.StartsWith("Give the shop's id in Shop: 1 to 100 characters.", await RefusalAsync(Token with { Shop = "" }), StringComparison.Ordinal);
        Assert.StartsWith("Give Name 1 to 200 characters", await RefusalAsync(Token with { Name = new string('n', 201) }), StringComparison.Ordinal);
        Assert.StartsWith("Keep at most 65536 characters", await RefusalAsync(Token with { Value = new string('v', 65_537) }), StringComparison.Ordinal);

        async Task<string> RefusalAsync(StateEntry entry) => (await Assert.ThrowsAsync<ArgumentException>(() => store.SaveAsync(entry, Stop))).Message;
    }

    [Fact]
    public async Task It_comes_with_the_other_stores()
    {
        await using var services = new ServiceCollection().AddSupport().AddSqlite(options => options.Path = _file.Path).Services.BuildServiceProvider();

        Assert.IsType<StateStore>(services.GetRequiredService<IStateStore>());
    }
}
