using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Gdpr;
using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Nop.Plugin.Misc.SupportSdk.Customers;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Orders;
using NSubstitute;
using Support.Sdk.Relational;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Customers;

public sealed class PrivacyTests
{
    // A name, an address, a word and a phone number, none of which is in any text of ours.
    private static readonly string[] Personal = ["ada@example.com", "Ada Lind", "Lind", "my grandmother"];

    [Fact]
    public async Task Of_a_customer_who_was_deleted_nothing_personal_is_left()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("support-privacy-").FullName, "shop.db");
        await using var storefront = new Storefront();
        storefront.Shop.OpenDatabase = () => new HostDatabase(SqliteFactory.Instance, $"Data Source={file};Pooling=False", new SqliteDialect());
        storefront.Shop.Place();
        await storefront.SweepAsync(1);
        storefront.Shop.Time.Advance(TimeSpan.FromDays(4));
        await storefront.SweepAsync(1);
        await storefront.WriteAsync(orderId: "1", text: "It is for my grandmother");
        await storefront.WriteAsync(text: "Another thing for my grandmother");
        var before = await DumpAsync(file);
        Assert.All(Personal, word => Assert.Contains(word, before, StringComparison.Ordinal));

        await HearAsync(storefront, new CustomerPermanentlyDeleted(7, "ada@example.com"));
        // What the shop keeps of the order has no address any more.
        storefront.Shop.Addresses.Clear();
        for (var turn = 0; turn < 5; turn++)
        {
            await storefront.SweepAsync();
            storefront.Shop.Time.Advance(TimeSpan.FromMinutes(1));
        }

        var after = await DumpAsync(file);
        Assert.All(Personal, word => Assert.DoesNotContain(word, after, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task What_fails_is_written_down_without_anything_personal()
    {
        await using var storefront = new Storefront { Broken = new InvalidOperationException("The view failed.") };
        var order = storefront.Shop.Place();
        await storefront.SweepAsync(1);
        var stamp = await storefront.StampAsync();
        await BreakAsync(storefront);

        await HearAsync(storefront, new CustomerPermanentlyDeleted(7, "ada@example.com"));
        await HearAsync(storefront, new EntityUpdatedEvent<Order>(order));
        await storefront.AskAsync<SupportContactController>(page =>
            page.Open(
                new ContactInput
                {
                    Kind = "other",
                    Message = "It is for my grandmother",
                    Stamp = stamp,
                },
                captchaValid: true
            )
        );
        await storefront.AskAsync<SupportOrdersController>(page => page.Account());

        Assert.NotEmpty(storefront.Shop.Journal.Recent);
        Assert.All(
            storefront.Shop.Journal.Recent,
            entry => Assert.All(Personal, word => Assert.DoesNotContain(word, $"{entry.Message} {entry.Exception}", StringComparison.OrdinalIgnoreCase))
        );
    }

    // The database refuses everything from now on.
    private static async Task BreakAsync(Storefront storefront) =>
        await ((HostDatabase)(await storefront.EngineAsync()).Get<Database>()).DropAsync(storefront.Cancellation);

    private static async Task HearAsync<T>(Storefront storefront, T news)
    {
        await using var scope = storefront.Shop.Services.CreateAsyncScope();
        var consumer = ActivatorUtilities.CreateInstance<OrderNews>(scope.ServiceProvider);
        await ((Nop.Services.Events.IConsumer<T>)(object)consumer).HandleEventAsync(news);
    }

    private static async Task<string> DumpAsync(string file)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var dump = new StringBuilder();
        foreach (var table in SupportSchema.Tables)
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names are the engine's own.
            command.CommandText = $"SELECT * FROM {table}";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    var value = reader.GetValue(column);
                    dump.Append(CultureInfo.InvariantCulture, $"{table}: {(value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value)}\n");
                }
            }
        }

        return dump.ToString();
    }
}
