using Nop.Core.Domain.Common;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Configuration;
using Nop.Services.Directory;
using Nop.Services.Localization;
using Nop.Services.Stores;
using Support.Sdk.Templates;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>An address label to print and put on a returned parcel.</summary>
public sealed record LabelModel
{
    /// <summary>Where the parcel goes, line by line.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>Who sends it, line by line.</summary>
    public required IReadOnlyList<string> From { get; init; }

    /// <summary>The number of the return request.</summary>
    public required string Number { get; init; }

    /// <summary>The number of the order.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>What comes back.</summary>
    public required string Item { get; init; }
}

/// <summary>A customer's return requests, to be shown with their labels.</summary>
/// <param name="Returns">The requests.</param>
public sealed record ReturnListModel(IReadOnlyList<ReturnModel> Returns);

/// <summary>Makes the labels of return requests, and tells how requests stand.</summary>
internal sealed class ReturnLabels(
    Returns returns,
    IRepository<Address> addresses,
    IRepository<ReturnRequest> requests,
    IStoreService stores,
    ISettingService settings,
    ICountryService countries,
    ILocalizationService localization
)
{
    private const int Most = 50;

    /// <summary>The label; null where the shop has no address to send to, or the request is over.</summary>
    public async Task<LabelModel?> LabelAsync(ReturnRequest request)
    {
        if (Returns.IsOver(request.ReturnRequestStatusId) || await returns.OrderAsync(request) is not { } order)
        {
            return null;
        }

        var to = await ToAsync(request.StoreId);
        return to.Count == 0
            ? null
            : new LabelModel
            {
                To = to,
                From = await FromAsync(order),
                Number = Returns.Number(request),
                OrderNumber = PlainLine.Clean(order.CustomOrderNumber),
                Item = await returns.ItemAsync(request),
            };
    }

    /// <summary>How a request stands, in the visitor's language.</summary>
    public async Task<ReturnModel> TellAsync(ReturnRequest request, string labelPath) =>
        new(
            Returns.Number(request),
            await localization.GetLocalizedEnumAsync((ReturnRequestStatus)request.ReturnRequestStatusId),
            Returns.IsOver(request.ReturnRequestStatusId) || (await ToAsync(request.StoreId)).Count == 0 ? "" : labelPath
        );

    /// <summary>The visitor's requests that have a label, the latest first.</summary>
    public async Task<ReturnListModel> ListAsync(Visitor visitor)
    {
        var (customerId, storeId) = (visitor.Customer.Id, visitor.Store.Id);
        var own = await requests
            .Table.Where(request => request.CustomerId == customerId && request.StoreId == storeId)
            .OrderByDescending(request => request.Id)
            .Take(Most)
            .ToListAsync();
        var models = new List<ReturnModel>();
        foreach (var request in own)
        {
            models.Add(await TellAsync(request, Pages.Label(request.Id)));
        }

        return new ReturnListModel([.. models.Where(model => model.LabelPath.Length > 0)]);
    }

    private async Task<IReadOnlyList<string>> ToAsync(int storeId)
    {
        var store = await stores.GetStoreByIdAsync(storeId);
        var own = Lines((await settings.LoadSettingAsync<SupportSettings>(storeId)).ReturnAddress);
        return own.Count > 0 ? own
            : Lines(store?.CompanyAddress) is { Count: > 0 } lines ? [.. Lines(Typed.Line(store!.CompanyName) ?? store.Name), .. lines]
            : [];
    }

    private async Task<IReadOnlyList<string>> FromAsync(Order order)
    {
        var address = await addresses.GetByIdAsync(order.ShippingAddressId ?? order.BillingAddressId) ?? await addresses.GetByIdAsync(order.BillingAddressId);
        if (address is null)
        {
            return [];
        }

        var country = address.CountryId is { } id ? await countries.GetCountryByIdAsync(id) : null;
        return
        [
            .. new[]
            {
                $"{address.FirstName} {address.LastName}",
                address.Company,
                address.Address1,
                address.Address2,
                $"{address.ZipPostalCode} {address.City}",
                country?.Name,
            }
                .Select(Typed.Line)
                .OfType<string>(),
        ];
    }

    private static IReadOnlyList<string> Lines(string? text) => [.. (text ?? "").ReplaceLineEndings("\n").Split('\n').Select(Typed.Line).OfType<string>()];
}
