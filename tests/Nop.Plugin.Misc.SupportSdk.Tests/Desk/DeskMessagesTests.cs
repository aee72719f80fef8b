using Microsoft.AspNetCore.Mvc;
using Nop.Plugin.Misc.SupportSdk.Desk;
using Support.Sdk.Deliveries;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Desk;

public sealed class DeskMessagesTests
{
    [Fact]
    public async Task A_message_that_was_held_is_released_by_the_person_at_the_desk()
    {
        await using var counter = await LateAsync(holdFirst: 20);
        var held = Assert.Single(Counter.Model<MessageListModel>(await counter.Messages.List(show: MessageShow.Held)).Rows);
        Assert.Empty(counter.Mails.Messages);

        Assert.IsType<RedirectToActionResult>(await counter.Messages.Release(held.Id, store: 1));
        await counter.WaitAsync(days: 0);

        Assert.Equal(held.Id, Assert.Single(counter.Mails.Messages).Id);
        Assert.Contains("being sent", Assert.Single(counter.Notes), StringComparison.Ordinal);
        var order = Counter.Model<OrderModel>(await counter.Orders.Details(1));
        Assert.Contains(order.Decisions, decision => string.Equals(decision.By, "boss@shop.example", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_that_wait_are_released_at_once()
    {
        await using var counter = await LateAsync(holdFirst: 20, orders: 3);

        await counter.Messages.ReleaseAll(store: 1);
        await counter.WaitAsync(days: 0);

        Assert.Equal(3, counter.Mails.Messages.Count);
        Assert.Equal("3 messages were released.", Assert.Single(counter.Notes));
        Assert.Equal(0, Counter.Model<MessageListModel>(await counter.Messages.List()).Held);
    }

    [Fact]
    public async Task A_message_is_discarded_with_a_reason_and_not_without()
    {
        await using var counter = await LateAsync(holdFirst: 20);
        var id = Assert.Single(await counter.LogAsync()).Message.Id;

        await counter.Messages.Discard(id, " ", store: 1);
        Assert.Equal(DeliveryState.Held, Assert.Single(await counter.LogAsync()).State);
        await counter.Messages.Discard(id, "I called her.", store: 1);

        var delivery = Assert.Single(await counter.LogAsync());
        Assert.Equal(DeliveryState.Suppressed, delivery.State);
        Assert.Equal("Discarded by boss@shop.example: I called her.", delivery.Reason);
    }

    [Fact]
    public async Task A_message_is_sent_again_to_another_address_and_to_nothing_that_is_none()
    {
        await using var counter = await LateAsync();
        var first = Assert.Single(counter.Mails.Messages);

        await counter.Messages.Resend(first.Id, "no address", store: 1);
        await counter.Messages.Resend(first.Id, "ada@new.example", store: 1);
        await counter.WaitAsync(days: 0);

        Assert.Equal(["ada@example.com", "ada@new.example"], counter.Mails.Messages.Select(message => message.To.Value));
        Assert.Equal(2, counter.Notes.Count);
    }

    [Fact]
    public async Task What_can_no_longer_be_done_is_refused_with_the_reason()
    {
        await using var counter = await LateAsync();
        var id = Assert.Single(counter.Mails.Messages).Id;

        await counter.Messages.Release(id, store: 1);

        Assert.Contains("Accepted", Assert.Single(counter.Notes), StringComparison.Ordinal);
        Assert.Single(counter.Mails.Messages);
    }

    [Fact]
    public async Task A_message_is_shown_as_it_was_written_where_nothing_of_it_can_run()
    {
        await using var counter = await LateAsync();
        var message = Assert.Single(counter.Mails.Messages);

        var page = await counter.ReadAsync(await counter.Messages.Details(message.Id));

        Assert.Contains("<iframe sandbox=\"\"", page, StringComparison.Ordinal);
        Assert.Contains("srcdoc=\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(message.Html!, page, StringComparison.Ordinal);
        Assert.Contains("ada@example.com", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Plugins.Misc.SupportSdk", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_is_filtered_by_order_and_by_what_became_of_it()
    {
        await using var counter = await LateAsync(orders: 2);

        Assert.Equal("2", Assert.Single(Counter.Model<MessageListModel>(await counter.Messages.List(order: "N2")).Rows).Order);
        Assert.Equal(2, Counter.Model<MessageListModel>(await counter.Messages.List(show: MessageShow.Told)).Rows.Count);
        Assert.Empty(Counter.Model<MessageListModel>(await counter.Messages.List(show: MessageShow.Trouble)).Rows);
        Assert.Empty(Counter.Model<MessageListModel>(await counter.Messages.List(order: "N3")).Rows);
        Assert.DoesNotContain("Plugins.Misc.SupportSdk", await counter.ReadAsync(await counter.Messages.List()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("../../nothing")]
    public async Task A_message_that_is_not_there_is_not_found(string? id)
    {
        await using var counter = await LateAsync();

        Assert.IsType<NotFoundResult>(await counter.Messages.Details(id!));
        Assert.IsType<NotFoundResult>(await counter.Messages.Release(id!));
        Assert.IsType<NotFoundResult>(await counter.Messages.Discard(id!, "no"));
        Assert.IsType<NotFoundResult>(await counter.Messages.Resend(id!));
    }

    private static async Task<Counter> LateAsync(int holdFirst = 0, int orders = 1)
    {
        var counter = new Counter(holdFirst);
        for (var id = 1; id <= orders; id++)
        {
            counter.Shop.Place(id, email: id == 1 ? "ada@example.com" : $"ada{id}@example.com");
        }

        await counter.WaitAsync(days: 4);
        return counter;
    }
}
