using Support.Sdk.Intake;
using Support.Sdk.Orders;
using Support.Sdk.Storefronts;
using Support.Sdk.Tickets;

namespace Support.Sdk.Contacts;

/// <summary>Does what a storefront passes on about stored data: hands it to the shop's people, or erases it.</summary>
internal sealed class PrivacyWatch(IPrivacyDesk desk, IOrderStore orders, IContentStore contents, ISupportIntake intake, TimeProvider time)
{
    public async Task<InboxResult> ApplyAsync(InboxEntry entry, PrivacyRequested request, CancellationToken cancellationToken)
    {
        var person = request.Kind == PrivacyRequestKind.ForgetShop ? [] : await PersonAsync(request, cancellationToken);
        switch (request.Kind)
        {
            case PrivacyRequestKind.Export:
                await ExportAsync(entry, request, person, cancellationToken);
                return Done(entry, "It became a ticket.");
            case PrivacyRequestKind.Erase when person.Count == 0:
                return Done(entry, "Nothing is stored about the person.");
            case PrivacyRequestKind.Erase:
                return Result(entry, await desk.EraseAsync(request.ShopId, person, By(entry, request), cancellationToken));
            case PrivacyRequestKind.ForgetShop:
                return Result(entry, await desk.ForgetShopAsync(request.ShopId, By(entry, request), cancellationToken));
            default:
                return new InboxResult
                {
                    Id = entry.Id,
                    LeaseToken = entry.LeaseToken,
                    State = InboxState.Parked,
                    Reason = "What is asked for is not known here.",
                };
        }
    }

    // The storefront names orders because a person may have ordered without an account, under another address.
    private async Task<List<ContactPoint>> PersonAsync(PrivacyRequested request, CancellationToken cancellationToken)
    {
        var named = await orders.FindAsync(
            [.. request.OrderIds.Distinct(StringComparer.Ordinal).Select(id => new OrderKey(request.ShopId, id))],
            cancellationToken
        );
        return
        [
            .. request
                .ContactPoints.Concat(named.SelectMany(order => order.Snapshot?.Customer.ContactPoints ?? []))
                .Where(point => !string.IsNullOrWhiteSpace(point.Value))
                .Select(point => point.Canonical())
                .Distinct(),
        ];
    }

    private async Task ExportAsync(InboxEntry entry, PrivacyRequested request, List<ContactPoint> person, CancellationToken cancellationToken)
    {
        var subject = request.RequestId is { } number ? $"Data request {number}" : "Data request";
        var message = new InboundMessage
        {
            ShopId = request.ShopId,
            Source = "privacy",
            EventId = FormattableString.Invariant($"{entry.Source}/{entry.EventId}") is { Length: <= 200 } id ? id : null,
            Channel = entry.Source,
            From = person.Count > 0 ? person[0] : null,
            Subject = subject,
            Text = "Nothing is stored about the person.",
            SentAt = request.At,
            Kind = TicketKind.Other,
            Tags = ["data-request"],
            IsAutomatic = true,
        };
        if (person.Count > 0)
        {
            message = await AttachAsync(message, person, cancellationToken);
        }

        await intake.AcceptAsync([message], cancellationToken);
    }

    private async Task<InboundMessage> AttachAsync(InboundMessage message, List<ContactPoint> person, CancellationToken cancellationToken)
    {
        var path = Path.GetTempFileName();
        try
        {
            await using var file = new FileStream(
                path,
                FileMode.Create,
                FileAccess.ReadWrite,
                FileShare.None,
                bufferSize: 64 * 1024,
                FileOptions.DeleteOnClose
            );
            await desk.ExportAsync(message.ShopId, person, file, cancellationToken);
            file.Position = 0;
            var attached = await contents.SaveAsync(message.ShopId, "stored-data.json", "application/json", file, cancellationToken);
            return message with
            {
                Text = "A customer asks for what is stored about them. It is attached; hand it out within the time that the law gives (one month in the EU).",
                Attachments = [attached],
            };
        }
        catch (ContentTooLargeException)
        {
            return message with
            {
                Text =
                    "A customer asks for what is stored about them. It is larger than Support:Content:MaxBytes allows: export it with IPrivacyDesk.ExportAsync or the API, and hand it out within the time that the law gives (one month in the EU).",
            };
        }
    }

    private InboxResult Result(InboxEntry entry, ErasureResult result) =>
        result.IsComplete ? Done(entry, reason: null) : InboxRetry.After(entry, "Some of it is being worked on at this moment.", time.GetUtcNow());

    private static InboxResult Done(InboxEntry entry, string? reason) =>
        new()
        {
            Id = entry.Id,
            LeaseToken = entry.LeaseToken,
            State = InboxState.Done,
            Reason = reason,
        };

    private static string By(InboxEntry entry, PrivacyRequested request) => request.RequestId is { } number ? $"{entry.Source} {number}" : entry.Source;
}
