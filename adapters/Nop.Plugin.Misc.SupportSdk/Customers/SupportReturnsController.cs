using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Orders;
using Nop.Data;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>The address label of a customer's own return request, to print.</summary>
public sealed class SupportReturnsController : SupportPageController
{
    /// <summary>Shows it.</summary>
    /// <param name="id">The return request.</param>
    [HttpGet]
    public Task<IActionResult> Label(int id) =>
        AnswerAccountAsync(
            async (_, visitor) =>
                await Get<IRepository<ReturnRequest>>().GetByIdAsync(id) is { } request
                && request.CustomerId == visitor.Customer.Id
                && await Get<ReturnLabels>().LabelAsync(request) is { } label
                    ? Page("Label", label)
                    : NotFound()
        );
}
