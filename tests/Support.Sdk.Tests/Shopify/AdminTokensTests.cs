using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Admin;
using Support.Sdk.Storefronts;
using Xunit;

namespace Support.Sdk.Tests.Shopify;

public sealed class AdminTokensTests : IDisposable
{
    private readonly AdminShop _shop = new();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task A_fixed_token_is_used_as_it_is()
    {
        await using var process = _shop.Process();
        Assert.Equal("shpat_fixed", await GetAsync(process));
        Assert.Empty(_shop.Requests);
        Assert.Equal(0, _shop.States.Saves);
    }

    [Fact]
    public async Task A_token_is_fetched_with_the_configured_refresh_token_and_saved_before_it_is_used()
    {
        await using var process = _shop.Expiring();
        Assert.Equal("shpat_1", await GetAsync(process));

        var fetch = Assert.Single(_shop.Fetches);
        Assert.Equal("https://teapots.myshopify.com/admin/oauth/access_token", fetch.Address.AbsoluteUri);
        Assert.Equal("client", fetch.Json["client_id"]!.GetValue<string>());
        Assert.Equal(AdminShop.Secret, fetch.Json["client_secret"]!.GetValue<string>());
        Assert.Equal("refresh_token", fetch.Json["grant_type"]!.GetValue<string>());
        Assert.Equal("shprt_configured", fetch.Json["refresh_token"]!.GetValue<string>());
        var saved = StoredToken.Read(_shop.States[AdminTokens.StateName]!.Value);
        Assert.Equal(("shpat_1", "shprt_1"), (saved.AccessToken, saved.RefreshToken));
        Assert.DoesNotContain("shprt_configured", _shop.States[AdminTokens.StateName]!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_fetched_anew_five_minutes_before_it_ends_with_the_saved_refresh_token()
    {
        await using var process = _shop.Expiring();
        await GetAsync(process);
        _shop.Time.Advance(TimeSpan.FromMinutes(54));
        Assert.Equal("shpat_1", await GetAsync(process));

        _shop.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("shpat_2", await GetAsync(process));
        Assert.Equal("shprt_1", _shop.Fetches.Last().Json["refresh_token"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_saved_token_survives_a_restart()
    {
        await using (var process = _shop.Expiring())
        {
            await GetAsync(process);
        }

        await using var next = _shop.Expiring();
        Assert.Equal("shpat_1", await GetAsync(next));
        Assert.Single(_shop.Fetches);
    }

    [Fact]
    public Task All_callers_of_a_process_wait_for_one_fetch() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Latency = TimeSpan.FromSeconds(2);
                await using var process = _shop.Expiring();
                var tokens = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => GetAsync(process)));
                Assert.All(tokens, token => Assert.Equal("shpat_1", token));
                Assert.Single(_shop.Fetches);
            }
        );

    [Fact]
    public Task Of_several_processes_one_fetches_and_the_others_read_what_it_saved() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Latency = TimeSpan.FromSeconds(2);
                ServiceProvider[] processes = [.. Enumerable.Range(0, 5).Select(_ => _shop.Expiring())];
                var tokens = await Task.WhenAll(processes.Select(GetAsync));
                Assert.All(tokens, token => Assert.Equal("shpat_1", token));
                Assert.Single(_shop.Fetches);
                Array.ForEach(processes, process => process.Dispose());
            }
        );

    [Fact]
    public Task Who_stops_waiting_does_not_stop_the_fetch_for_others() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                _shop.Latency = TimeSpan.FromSeconds(5);
                var process = _shop.Expiring();
                var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1), _shop.Time);
                var first = process.GetRequiredService<AdminTokens>().GetAsync("main", stop.Token);
                var second = GetAsync(process);
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
                Assert.Equal("shpat_1", await second);
                Assert.Single(_shop.Fetches);
                stop.Dispose();
                await process.DisposeAsync();
            }
        );

    [Fact]
    public Task After_a_crash_between_fetch_and_save_the_old_refresh_token_is_used_again() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                await using var crashing = _shop.Expiring();
                _shop.States.BeforeSave = entry =>
                {
                    if (_shop.Fetches.Any())
                    {
                        throw new IOException("The process died.");
                    }
                };
                await Assert.ThrowsAsync<IOException>(() => GetAsync(crashing));
                _shop.States.BeforeSave = null;

                await using var next = _shop.Expiring();
                Assert.Equal("shpat_2", await GetAsync(next));
                Assert.Equal(["shprt_configured", "shprt_configured"], _shop.Fetches.Select(fetch => fetch.Json["refresh_token"]!.GetValue<string>()));
            }
        );

    [Fact]
    public async Task After_a_crash_between_save_and_use_the_saved_token_is_used()
    {
        await using (var crashing = _shop.Expiring())
        {
            await GetAsync(crashing);
            Assert.Empty(_shop.Documents);
        }

        _shop.Time.Advance(TimeSpan.FromMinutes(58));
        await using var next = _shop.Expiring();
        Assert.Equal("shpat_2", await GetAsync(next));
        Assert.Equal("shprt_1", _shop.Fetches.Last().Json["refresh_token"]!.GetValue<string>());
    }

    [Fact]
    public Task Who_is_overtaken_while_fetching_uses_the_token_that_was_saved() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                await using var process = _shop.Expiring();
                _shop.AnswerToken = _ =>
                {
                    var winner = new StoredToken
                    {
                        AccessToken = "shpat_winner",
                        RefreshToken = "shprt_winner",
                        ExpiresAt = _shop.Time.GetUtcNow() + TimeSpan.FromHours(1),
                    };
                    var entry = _shop.States[AdminTokens.StateName]!;
                    Assert.True(_shop.States.Save(entry with { Value = winner.Write() }));
                    return _shop.NextPair();
                };
                Assert.Equal("shpat_winner", await GetAsync(process));
                Assert.Single(_shop.Fetches);
            }
        );

    [Fact]
    public async Task A_refused_token_is_fetched_anew_once_for_all_who_were_refused()
    {
        await using var process = _shop.Expiring();
        var tokens = process.GetRequiredService<AdminTokens>();
        var refused = await GetAsync(process);
        Assert.Equal("shpat_2", await tokens.RenewAsync("main", refused, "HTTP 401", TestContext.Current.CancellationToken));
        Assert.Equal("shpat_2", await tokens.RenewAsync("main", refused, "HTTP 401", TestContext.Current.CancellationToken));
        Assert.Equal(2, _shop.Fetches.Count());
    }

    [Fact]
    public async Task A_token_that_another_process_fetched_meanwhile_is_taken_when_ours_is_refused()
    {
        await using var process = _shop.Expiring();
        await using var other = _shop.Expiring();
        var refused = await GetAsync(process);
        await GetAsync(other);
        await other.GetRequiredService<AdminTokens>().RenewAsync("main", refused, "HTTP 401", TestContext.Current.CancellationToken);

        Assert.Equal("shpat_2", await process.GetRequiredService<AdminTokens>().RenewAsync("main", refused, "HTTP 401", TestContext.Current.CancellationToken));
        Assert.Equal(2, _shop.Fetches.Count());
    }

    [Fact]
    public async Task After_a_new_installation_the_configured_refresh_token_begins_again()
    {
        await using (var process = _shop.Expiring())
        {
            await GetAsync(process);
        }

        _shop.Time.Advance(TimeSpan.FromHours(1));
        _shop.AnswerToken = request => request.Body.Contains("shprt_new", StringComparison.Ordinal) ? _shop.NextPair() : Revoked();
        await using var next = _shop.Expiring("shprt_new");
        Assert.Equal("shpat_2", await GetAsync(next));
        Assert.Equal(["shprt_configured", "shprt_1", "shprt_new"], _shop.Fetches.Select(fetch => fetch.Json["refresh_token"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_refresh_token_that_began_the_row_is_not_tried_when_a_later_one_is_refused()
    {
        await using var process = _shop.Expiring();
        await GetAsync(process);
        _shop.Time.Advance(TimeSpan.FromHours(2));
        _shop.AnswerToken = _ => Revoked();

        var error = await Assert.ThrowsAsync<ShopifyException>(() => GetAsync(process));
        Assert.Contains("Support:Shopify:Shops:main:RefreshToken", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("shprt_", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, _shop.Fetches.Count());
        Assert.Null(StoredToken.Read(_shop.States[AdminTokens.StateName]!.Value).FetchedUntil);
    }

    [Fact]
    public Task A_token_that_still_lives_is_used_while_no_new_one_can_be_had() =>
        Clockwork.RunAsync(
            _shop.Time,
            async () =>
            {
                await using var process = _shop.Expiring();
                await GetAsync(process);
                _shop.AnswerToken = _ => new HttpResponseMessage(HttpStatusCode.BadGateway);
                _shop.Time.Advance(TimeSpan.FromMinutes(56));
                Assert.Equal("shpat_1", await GetAsync(process));
                Assert.Equal("shpat_1", await GetAsync(process));
                Assert.Equal(1 + 3, _shop.Fetches.Count());

                _shop.Time.Advance(TimeSpan.FromMinutes(4));
                var error = await Assert.ThrowsAsync<ShopifyException>(() => GetAsync(process));
                Assert.Contains("HTTP 502", error.Message, StringComparison.Ordinal);
            }
        );

    [Fact]
    public async Task An_answer_without_a_time_lives_an_hour_and_one_without_a_refresh_token_keeps_the_old_one()
    {
        _shop.AnswerToken = _ => AdminShop.Json("""{"access_token":"shpat_bare"}""");
        await using var process = _shop.Expiring();
        Assert.Equal("shpat_bare", await GetAsync(process));
        var saved = StoredToken.Read(_shop.States[AdminTokens.StateName]!.Value);
        Assert.Equal("shprt_configured", saved.RefreshToken);
        Assert.Equal(_shop.Time.GetUtcNow() + TimeSpan.FromHours(1), saved.ExpiresAt);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("""{"access_token":""}""")]
    [InlineData("""{"access_token":7}""")]
    public async Task An_answer_without_a_token_is_a_clear_error(string answer)
    {
        _shop.AnswerToken = _ => AdminShop.Json(answer);
        await using var process = _shop.Expiring();
        var error = await Assert.ThrowsAsync<ShopifyException>(() => GetAsync(process));
        Assert.Contains("the answer holds none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_saved_and_cannot_be_read_is_fetched_anew()
    {
        await _shop.States.SaveAsync(
            new StateEntry
            {
                Shop = "main",
                Name = AdminTokens.StateName,
                Value = "not JSON",
            },
            TestContext.Current.CancellationToken
        );
        await using var process = _shop.Expiring();
        Assert.Equal("shpat_1", await GetAsync(process));
    }

    [Fact]
    public async Task A_refresh_token_without_a_client_is_a_clear_error()
    {
        await using var process = _shop.Process(shop => (shop.RefreshToken, shop.ClientId) = ("shprt_configured", null));
        var error = await Assert.ThrowsAsync<ShopifyException>(() => GetAsync(process));
        Assert.Contains("ClientId", error.Message, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Revoked() => AdminShop.Json("""{"error":"invalid_grant","error_description":"expired"}""", HttpStatusCode.BadRequest);

    private static Task<string> GetAsync(ServiceProvider process) =>
        process.GetRequiredService<AdminTokens>().GetAsync("main", TestContext.Current.CancellationToken);
}
