using Microsoft.Extensions.Time.Testing;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Admin;
using Xunit;

namespace Support.Sdk.Tests.Shopify;

public sealed class WriteLedgerTests
{
    private const string Subject = "order/1";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly AdminStates _states = new();

    [Fact]
    public async Task A_write_is_made_once()
    {
        var made = 0;
        Assert.True(await RunAsync("key", _ => Made(ref made)));
        Assert.False(await RunAsync("key", _ => Made(ref made)));
        Assert.True(await RunAsync("other key", _ => Made(ref made)));
        Assert.Equal(2, made);
    }

    [Fact]
    public async Task A_write_is_recorded_before_it_is_made_and_its_text_is_not_kept()
    {
        string? before = null;
        await RunAsync(
            "ada@example.com",
            inDoubt =>
            {
                before = _states[$"shopify/{Subject}"]!.Value;
                Assert.False(inDoubt);
                return Task.FromResult(true);
            }
        );
        Assert.Contains("begun", before, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", _states[$"shopify/{Subject}"]!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_that_failed_is_in_doubt_the_next_time()
    {
        await Assert.ThrowsAsync<ShopifyException>(() => RunAsync("key", _ => throw new ShopifyException("lost")));
        Assert.True(await WasInDoubtAsync("key"));
        Assert.False(await RunAsync("key", _ => throw new ShopifyException("It is there.")));
    }

    [Fact]
    public async Task A_write_during_which_the_process_died_is_in_doubt_when_its_time_is_over()
    {
        await Crash("key");
        var error = await Assert.ThrowsAsync<ShopifyException>(() => WasInDoubtAsync("key"));
        Assert.Contains("at this moment", error.Message, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.True(await WasInDoubtAsync("key"));
    }

    [Fact]
    public async Task A_write_that_the_shop_refused_comes_again_without_doubt()
    {
        await RunAsync("key", _ => Task.FromResult(false));
        Assert.False(await WasInDoubtAsync("key"));
    }

    [Fact]
    public async Task The_same_write_is_not_made_by_two_at_once()
    {
        var inner = 0;
        await RunAsync(
            "key",
            async _ =>
            {
                await Assert.ThrowsAsync<ShopifyException>(() => RunAsync("key", _ => Made(ref inner)));
                return true;
            }
        );
        Assert.Equal(0, inner);
    }

    [Fact]
    public async Task Different_writes_to_one_subject_at_once_are_all_remembered()
    {
        var made = 0;
        await RunAsync("a", async _ => await RunAsync("b", async _ => await RunAsync("c", _ => Made(ref made))));
        Assert.False(await RunAsync("a", _ => Made(ref made)));
        Assert.False(await RunAsync("b", _ => Made(ref made)));
        Assert.False(await RunAsync("c", _ => Made(ref made)));
        Assert.Equal(1, made);
    }

    [Fact]
    public async Task What_was_made_is_recorded_when_nobody_waits_any_more()
    {
        using var stop = new CancellationTokenSource();
        var ledger = new WriteLedger(_states, _time);
        await ledger.RunAsync(
            "main",
            Subject,
            "key",
            async _ =>
            {
                await stop.CancelAsync();
                return true;
            },
            stop.Token
        );
        Assert.False(await RunAsync("key", _ => throw new ShopifyException("It is there.")));
    }

    [Fact]
    public async Task An_entry_never_outgrows_the_store()
    {
        for (var write = 0; write < 300; write++)
        {
            await RunAsync($"key {write}", _ => Task.FromResult(true));
            await Crash($"crashed {write}");
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(_states[$"shopify/{Subject}"]!.Value!.Length, 1000, 20_000);
        Assert.False(await RunAsync("key 299", _ => throw new ShopifyException("It is there.")));
    }

    [Fact]
    public async Task Where_each_write_replaces_the_one_before_a_value_may_come_back()
    {
        var ledger = new WriteLedger(_states, _time);
        var made = new List<string>();
        foreach (var value in new[] { "A", "A", "B", "B", "A" })
        {
            await ledger.RunAsync(
                "main",
                Subject,
                value,
                _ =>
                {
                    made.Add(value);
                    return Task.FromResult(true);
                },
                TestContext.Current.CancellationToken,
                remembered: 1
            );
        }

        Assert.Equal(["A", "B", "A"], made);
    }

    private static Task<bool> Made(ref int made)
    {
        made++;
        return Task.FromResult(true);
    }

    // The record of the end is lost with the process.
    private async Task Crash(string key)
    {
        var saves = 0;
        _states.BeforeSave = _ =>
        {
            if (++saves == 2)
            {
                throw new IOException("The process died.");
            }
        };
        await Assert.ThrowsAsync<IOException>(() => RunAsync(key, _ => Task.FromResult(true)));
        _states.BeforeSave = null;
    }

    private async Task<bool> WasInDoubtAsync(string key)
    {
        var was = false;
        await RunAsync(
            key,
            inDoubt =>
            {
                was = inDoubt;
                return Task.FromResult(true);
            }
        );
        return was;
    }

    private Task<bool> RunAsync(string key, Func<bool, Task<bool>> write) =>
        new WriteLedger(_states, _time).RunAsync("main", Subject, key, write, TestContext.Current.CancellationToken);
}
