using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Gdpr;
using Nop.Core.Domain.Media;
using Nop.Core.Domain.Messages;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Data;
using Nop.Plugin.Misc.SupportSdk.Mail;
using Nop.Plugin.Misc.SupportSdk.Orders;
using Nop.Services.Events;
using NSubstitute;
using Support.Sdk;
using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Mail;

/// <summary>A customer is erased; the shop's mail queue has rows that we put there.</summary>
public sealed class MailErasureTests
{
    [Fact]
    public async Task Mail_of_ours_goes_with_the_customer_and_all_other_mail_stays()
    {
        await using var shop = await WithMailAsync();
        shop.Mail.Queue.ForEach(mail => mail.SentOnUtc = shop.Time.GetUtcNow().UtcDateTime);
        shop.Mail.Queue.Add(new QueuedEmail { Id = 900, To = "ada@example.com" });
        await shop.TurnAsync();

        await HearAsync<OrderNews>(shop);
        await shop.TurnAsync();

        Assert.Equal(["bo@example.com", "ada@example.com"], shop.Mail.Queue.ConvertAll(mail => mail.To));
        Assert.Equal(900, shop.Mail.Queue[^1].Id);
        Assert.Equal(shop.Mail.Queue[0].Id, Assert.Single(shop.Mail.Deliveries).QueuedEmailId);
    }

    [Fact]
    public async Task A_mail_that_was_not_sent_yet_is_taken_out_at_once_and_not_called_a_failure()
    {
        await using var shop = await WithMailAsync();

        await HearAsync<ErasedCustomer>(shop);
        Assert.DoesNotContain(shop.Mail.Queue, mail => mail.To is "ada@example.com");
        await HearAsync<OrderNews>(shop);
        await shop.TurnAsync();
        await shop.TurnAsync();

        Assert.Equal("bo@example.com", Assert.Single(shop.Mail.Queue).To);
        Assert.Equal(DeliveryState.Accepted, await StateAsync(shop, "1"));
    }

    [Fact]
    public async Task Its_file_goes_too()
    {
        await using var shop = await WithMailAsync();
        shop.Mail.Files.Add(new Download { Id = 5 });
        var own = shop.Mail.Queue.Find(mail => mail.To is "ada@example.com")!;
        shop.Mail.Deliveries.Find(delivery => delivery.QueuedEmailId == own.Id)!.DownloadId = 5;

        await EraseAsync(shop);

        Assert.Empty(shop.Mail.Files);
    }

    [Fact]
    public async Task Mail_whose_message_the_engine_has_not_kept_goes_too()
    {
        await using var shop = new Shop();
        Queue(shop, 3, shop.Time.GetUtcNow().UtcDateTime);

        await HearAsync<ErasedCustomer>(shop);

        Assert.Empty(shop.Mail.Queue);
        Assert.Empty(shop.Mail.Deliveries);
    }

    [Fact]
    public async Task A_row_that_got_the_number_of_an_older_one_is_not_ours_and_stays()
    {
        await using var shop = await WithMailAsync();
        var own = shop.Mail.Queue.Find(mail => mail.To is "ada@example.com")!;
        own.CreatedOnUtc = own.CreatedOnUtc.AddMinutes(1);

        await HearAsync<ErasedCustomer>(shop);
        await EraseAsync(shop);

        Assert.Contains(own, shop.Mail.Queue);
    }

    [Fact]
    public async Task While_the_queue_cannot_be_changed_the_engine_erases_no_message()
    {
        await using var shop = await WithMailAsync();
        var queue = shop.Services.GetRequiredService<IRepository<QueuedEmail>>();
        queue
            .DeleteAsync(Arg.Any<System.Linq.Expressions.Expression<Func<QueuedEmail, bool>>>())
            .ReturnsForAnyArgs<int>(_ => throw new TimeoutException("Away."));

        await Assert.ThrowsAsync<TimeoutException>(() => EraseAsync(shop));

        Assert.False((await MessageAsync(shop, "1")).Message.IsErased);
        Assert.Equal(2, shop.Mail.Deliveries.Count);
    }

    [Fact]
    public async Task What_fails_does_not_reach_the_request_of_the_shop_and_names_nobody()
    {
        await using var shop = await WithMailAsync();
        shop.Services.GetRequiredService<IRepository<QueuedEmail>>().Table.Returns(_ => throw new TimeoutException("ada@example.com"));

        await HearAsync<ErasedCustomer>(shop);

        var entry = Assert.Single(shop.Journal.Recent);
        Assert.DoesNotContain("ada", $"{entry.Message} {entry.Exception}", StringComparison.Ordinal);
    }

    // Two customers with one mail each.
    private static async Task<Shop> WithMailAsync()
    {
        var shop = new Shop();
        shop.Place(1);
        shop.Place(2, order => order.CustomerId = 8, "bo@example.com");
        await shop.TurnAsync();
        for (var hours = 0; hours < 120 && shop.Mail.Queue.Count < 2; hours += 6)
        {
            shop.Time.Advance(TimeSpan.FromHours(6));
            await shop.TurnAsync();
        }

        shop.Mail.Queue.Sort((one, other) => string.CompareOrdinal(other.To, one.To));
        Assert.Equal(["bo@example.com", "ada@example.com"], shop.Mail.Queue.ConvertAll(mail => mail.To));
        return shop;
    }

    private static void Queue(Shop shop, int id, DateTime at)
    {
        shop.Mail.Queue.Add(
            new QueuedEmail
            {
                Id = id,
                To = "ada@example.com",
                CreatedOnUtc = at,
            }
        );
        shop.Mail.Deliveries.Add(
            new QueuedDelivery
            {
                Id = id,
                DeliveryId = "old",
                QueuedEmailId = id,
                CreatedOnUtc = at,
            }
        );
    }

    private static async Task HearAsync<TConsumer>(Shop shop)
        where TConsumer : IConsumer<CustomerPermanentlyDeleted>
    {
        await using var scope = shop.Services.CreateAsyncScope();
        await ActivatorUtilities.CreateInstance<TConsumer>(scope.ServiceProvider).HandleEventAsync(new CustomerPermanentlyDeleted(7, "ada@example.com"));
    }

    private static async Task EraseAsync(Shop shop) =>
        await (await shop.Host.FindAsync(Cancel))!.Get<IPrivacyDesk>().EraseAsync("store-1", [new ContactPoint("email", "ada@example.com")], "a test", Cancel);

    private static async Task<DeliveryState> StateAsync(Shop shop, string order) => (await MessageAsync(shop, order)).State;

    private static async Task<MessageDelivery> MessageAsync(Shop shop, string order)
    {
        var desk = (await shop.Host.FindAsync(Cancel))!.Get<IDeliveryDesk>();
        return Assert.Single(await desk.ListAsync(new DeliveryQuery { Order = new OrderKey("store-1", order) }, Cancel));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
