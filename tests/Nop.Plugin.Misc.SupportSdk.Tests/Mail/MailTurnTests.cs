using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Messages;
using Nop.Plugin.Misc.SupportSdk.Mail;
using Nop.Plugin.Misc.SupportSdk.Tasks;
using Support.Sdk;
using Support.Sdk.Contacts;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Mail;

/// <summary>The whole way: an order that is at risk, the shop's queue, and what became of the mail.</summary>
public sealed class MailTurnTests
{
    [Fact]
    public async Task A_mail_that_was_sent_is_delivered_and_not_looked_at_again()
    {
        await using var shop = new Shop();
        var mail = await AtRiskAsync(shop);
        mail.SentOnUtc = shop.Time.GetUtcNow().UtcDateTime;

        await TurnAsync(shop);

        Assert.Equal(DeliveryState.Delivered, (await OnlyAsync(shop)).State);
        Assert.NotNull(Assert.Single(shop.Mail.Deliveries).SettledOnUtc);
    }

    [Fact]
    public async Task A_mail_that_waits_or_was_tried_twice_is_left_alone()
    {
        await using var shop = new Shop();
        var mail = await AtRiskAsync(shop);
        mail.SentTries = 2;

        await TurnAsync(shop);

        Assert.Equal(DeliveryState.Accepted, (await OnlyAsync(shop)).State);
        Assert.Null(Assert.Single(shop.Mail.Deliveries).SettledOnUtc);
    }

    [Fact]
    public async Task A_mail_that_the_shop_gave_up_has_failed_and_says_nothing_about_the_address()
    {
        await using var shop = new Shop();
        var mail = await AtRiskAsync(shop);
        mail.SentTries = MailReceipts.MaxTries;

        await TurnAsync(shop);

        var delivery = await OnlyAsync(shop);
        Assert.Equal(DeliveryState.Failed, delivery.State);
        Assert.Contains("3 tries", delivery.Reason!, StringComparison.Ordinal);
        var engine = await shop.Host.FindAsync(Cancel);
        Assert.Equal(ContactHealth.Fine, (await engine!.Get<IContactDesk>().FindAsync("store-1", new ContactPoint("email", "ada@example.com"), Cancel)).Health);
    }

    [Fact]
    public async Task A_mail_that_was_taken_out_of_the_queue_has_failed()
    {
        await using var shop = new Shop();
        await AtRiskAsync(shop);
        shop.Mail.Queue.Clear();

        await TurnAsync(shop);

        Assert.Equal(DeliveryState.Failed, (await OnlyAsync(shop)).State);
    }

    [Fact]
    public async Task A_row_that_got_the_number_of_ours_in_a_queue_that_was_numbered_anew_says_nothing_about_our_mail()
    {
        await using var shop = new Shop();
        var mail = await AtRiskAsync(shop);
        mail.CreatedOnUtc = shop.Time.GetUtcNow().UtcDateTime.AddDays(1);
        mail.SentOnUtc = mail.CreatedOnUtc;

        await TurnAsync(shop);

        Assert.Equal(DeliveryState.Failed, (await OnlyAsync(shop)).State);
    }

    [Fact]
    public async Task The_customer_sees_in_the_orders_notes_what_was_told_once()
    {
        await using var shop = new Shop();
        var mail = await AtRiskAsync(shop);
        mail.SentOnUtc = shop.Time.GetUtcNow().UtcDateTime;

        await TurnAsync(shop);
        shop.Time.Advance(TimeSpan.FromDays(3));
        await TurnAsync(shop);

        var note = Assert.Single(shop.Mail.Notes, note => note.Note.Contains(mail.Subject, StringComparison.Ordinal));
        Assert.True(note.DisplayToCustomer);
        Assert.StartsWith("2026-03-0", note.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_written_into_notes_where_nobody_wants_it()
    {
        await using var shop = new Shop();
        shop.Settings().WritesOrderNotes = false;

        await AtRiskAsync(shop);
        await TurnAsync(shop);

        Assert.Empty(shop.Mail.Notes);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<QueuedEmail> AtRiskAsync(Shop shop)
    {
        shop.Place();
        await TurnAsync(shop);
        for (var hours = 0; hours < 120 && shop.Mail.Queue.Count == 0; hours += 6)
        {
            shop.Time.Advance(TimeSpan.FromHours(6));
            await TurnAsync(shop);
        }

        return Assert.Single(shop.Mail.Queue);
    }

    private static async Task TurnAsync(Shop shop)
    {
        await using (var scope = shop.Services.CreateAsyncScope())
        {
            await ActivatorUtilities.CreateInstance<SupportTask>(scope.ServiceProvider).ExecuteAsync();
        }

        Assert.Empty(shop.Host.Faults);
    }

    private static async Task<MessageDelivery> OnlyAsync(Shop shop)
    {
        var engine = await shop.Host.FindAsync(Cancel);
        var all = await engine!.Get<IDeliveryDesk>().ListAsync(new DeliveryQuery { Order = new OrderKey("store-1", "1") }, Cancel);
        return all[^1];
    }
}
