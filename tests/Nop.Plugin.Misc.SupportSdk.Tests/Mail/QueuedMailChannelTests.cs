using System.IO.Compression;
using System.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Misc.SupportSdk.Data;
using Nop.Plugin.Misc.SupportSdk.Mail;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Support.Sdk;
using Support.Sdk.Deliveries;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Mail;

public sealed class QueuedMailChannelTests
{
    [Fact]
    public async Task A_message_becomes_a_row_of_the_shops_queue_in_the_name_of_its_mail_account()
    {
        await using var shop = new Shop();
        shop.Settings().Contact = "help@shop.example";

        var result = await Channel(shop).SendAsync(Message(), Cancel);

        var mail = Assert.Single(shop.Mail.Queue);
        Assert.Equal((DeliveryOutcome.Accepted, $"{mail.Id}"), (result.Outcome, result.ProviderId));
        Assert.Equal(("shop@shop.example", "Corner shop"), (mail.From, mail.FromName));
        Assert.Equal(("ada@example.com", "Ada Lind"), (mail.To, mail.ToName));
        Assert.Equal(("Subject", "<p>Html</p>", "help@shop.example", 1), (mail.Subject, mail.Body, mail.ReplyTo, mail.EmailAccountId));
        Assert.Equal(IsolationLevel.ReadCommitted, Assert.Single(shop.Mail.Isolations));
        var row = Assert.Single(shop.Mail.Deliveries);
        Assert.Equal(("d1", mail.Id, 1), (row.DeliveryId, row.QueuedEmailId, row.StoreId));
    }

    [Fact]
    public async Task A_message_that_is_handed_over_twice_is_queued_once()
    {
        await using var shop = new Shop();
        var first = await Channel(shop).SendAsync(Message(), Cancel);

        var second = await Channel(shop).SendAsync(Message(), Cancel);

        Assert.Single(shop.Mail.Queue);
        Assert.Equal((DeliveryOutcome.Accepted, first.ProviderId), (second.Outcome, second.ProviderId));
    }

    [Fact]
    public async Task Where_our_row_cannot_be_written_nothing_stays_in_the_queue()
    {
        await using var shop = new Shop();
        shop.Mail.OnMapping = _ => throw new InvalidOperationException("ada@example.com is not welcome");

        var result = await Channel(shop).SendAsync(Message(), Cancel);

        Assert.Empty(shop.Mail.Queue);
        Assert.Empty(shop.Mail.Deliveries);
        Assert.Equal(DeliveryOutcome.Retry, result.Outcome);
        Assert.DoesNotContain("ada", result.Reason!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_another_node_was_faster_its_row_counts()
    {
        await using var shop = new Shop();
        shop.Mail.OnMapping = _ =>
        {
            shop.Mail.Deliveries.Add(
                new QueuedDelivery
                {
                    Id = 5,
                    DeliveryId = "d1",
                    QueuedEmailId = 77,
                }
            );
            throw new InvalidOperationException("duplicate key");
        };

        var result = await Channel(shop).SendAsync(Message(), Cancel);

        Assert.Equal((DeliveryOutcome.Accepted, "77"), (result.Outcome, result.ProviderId));
        Assert.Empty(shop.Mail.Queue);
    }

    [Fact]
    public async Task Without_a_mail_account_it_is_tried_again()
    {
        await using var shop = new Shop();
        shop.Accounts.Clear();

        Assert.Equal(DeliveryOutcome.Retry, (await Channel(shop).SendAsync(Message(), Cancel)).Outcome);
    }

    [Fact]
    public async Task A_store_has_its_own_account_and_a_telephone_is_no_address_to_reply_to()
    {
        await using var shop = new Shop();
        shop.Accounts.Add(
            new()
            {
                Id = 2,
                Email = "two@shop.example",
                DisplayName = "Two",
            }
        );
        shop.Settings(new SupportSettings { EmailAccountId = 2, Contact = "+46 8 123" }, storeId: 2);

        await Channel(shop).SendAsync(Message() with { Shop = "store-2" }, Cancel);

        var mail = Assert.Single(shop.Mail.Queue);
        Assert.Equal(("two@shop.example", 2, null), (mail.From, mail.EmailAccountId, mail.ReplyTo));
    }

    [Fact]
    public async Task One_attachment_goes_with_the_mail_as_it_is()
    {
        await using var shop = new Shop();

        await Channel(shop).SendAsync(Message() with { Attachments = [File("../etc/label.pdf", 1)] }, Cancel);

        var file = Assert.Single(shop.Mail.Files);
        Assert.Equal(("label", ".pdf", file.Id), (file.Filename, file.Extension, Assert.Single(shop.Mail.Queue).AttachedDownloadId));
        Assert.Equal([1], file.DownloadBinary);
    }

    [Fact]
    public async Task Several_attachments_go_as_one_zip_that_holds_all_of_them()
    {
        await using var shop = new Shop();

        await Channel(shop).SendAsync(Message() with { Attachments = [File("a.txt", 1), File("a.txt", 2), File("b.txt", 3)] }, Cancel);

        using var zip = new ZipArchive(new MemoryStream(Assert.Single(shop.Mail.Files).DownloadBinary));
        Assert.Equal(["a.txt", "a (2).txt", "b.txt"], zip.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public async Task A_subject_longer_than_the_queues_column_is_cut_between_characters()
    {
        await using var shop = new Shop();

        await Channel(shop).SendAsync(Message() with { Subject = new string('x', 999) + "😀" }, Cancel);

        Assert.Equal(new string('x', 999), Assert.Single(shop.Mail.Queue).Subject);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static QueuedMailChannel Channel(Shop shop) => new(shop.Services.GetRequiredService<IServiceScopeFactory>(), shop.Time);

    private static MessageAttachment File(string name, byte content) =>
        new()
        {
            Name = name,
            ContentType = "text/plain",
            Content = new[] { content },
        };

    private static OutboundMessage Message() =>
        new()
        {
            Id = "d1",
            Shop = "store-1",
            Occasion = "order-delayed",
            To = new ContactPoint("email", "ada@example.com"),
            ToName = "Ada Lind",
            Culture = "en",
            Subject = "Subject",
            Text = "Text",
            Html = "<p>Html</p>",
            DecidedAt = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
        };
}
