using Microsoft.AspNetCore.Mvc;
using Support.Sdk.Links;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>All of a customer's orders, with when they come.</summary>
public sealed class SupportOrdersController : SupportPageController
{
    /// <summary>Those of the account.</summary>
    /// <param name="page">The number of the page.</param>
    [HttpGet]
    public Task<IActionResult> Account(int page = 1) =>
        AnswerAccountAsync(async (engine, visitor) => Page("AccountOrders", await Get<CustomerOrders>().ListAsync(engine, visitor, page, Gone)));

    /// <summary>Those of whoever holds a link.</summary>
    /// <param name="token">The link.</param>
    /// <param name="page">The number of the page.</param>
    [HttpGet]
    public Task<IActionResult> Linked(string token, int page = 1) =>
        AnswerLinkAsync(
            token,
            LinkPurpose.OrderStatus,
            async (engine, visitor, link) => Page("LinkedOrders", await Get<CustomerOrders>().ListAsync(engine, link, visitor.Culture, page, Gone))
        );
}
