using Microsoft.AspNetCore.Http;
using Support.Sdk.Contacts;
using Support.Sdk.Customers;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Hands out, and erases, what is stored about a customer.</summary>
internal static class PrivacyEndpoints
{
    private const int Most = 1000;

    private static readonly ApiOperation Exporting = new()
    {
        Id = "exportCustomer",
        Method = HttpMethods.Post,
        Pattern = CustomerEndpoints.One + "/export",
        Tag = CustomerEndpoints.Tag,
        Summary = "Hands out everything that is stored about a customer (Regulation (EU) 2016/679, Articles 15 and 20).",
        Policy = SupportPolicies.Admin,
        Problems = [404, 409],
    };

    private static readonly ApiOperation Erasing = new()
    {
        Id = "eraseCustomer",
        Method = HttpMethods.Post,
        Pattern = CustomerEndpoints.One + "/erase",
        Tag = CustomerEndpoints.Tag,
        Summary = "Erases what is stored about a customer (Article 17). Ask again while the answer is not complete.",
        Policy = SupportPolicies.Admin,
        Body = typeof(CustomerErasing),
        Answer = typeof(ErasureModel),
        Problems = [404, 409, 413, 415],
    };

    public static void Map(ApiGroup group)
    {
        group.Map(Exporting, ExportAsync);
        group.Map(Erasing, EraseAsync);
    }

    private static async Task<IResult> ExportAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        _ = call.Key();
        var (customer, problem) = await FindAsync(call);
        if (problem is not null)
        {
            return problem;
        }

        return Results.Stream(
            destination => call.Get<IPrivacyDesk>().ExportAsync(call.Shop, customer!.ContactPoints, destination, call.Aborted),
            "application/json; charset=utf-8",
            $"customer-{customer!.Id}.json"
        );
    }

    private static async Task<IResult> EraseAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        _ = call.Key();
        var erasing = await call.ReadAsync(ApiJson.Default.CustomerErasing);
        if (erasing is not null && !string.Equals(erasing.Confirm, call.Path("id"), StringComparison.Ordinal))
        {
            call.Faults.Add("confirm", "Is not the id of this customer. What is erased cannot be brought back.");
        }

        if (erasing is null || call.Faults.Any)
        {
            return call.Refuse();
        }

        if (call.By is not { } by)
        {
            return ApiProblem.Nobody();
        }

        var (customer, problem) = await FindAsync(call, isErasedFine: true);
        if (problem is not null)
        {
            return problem;
        }

        var desk = call.Get<IPrivacyDesk>();
        var result = customer!.ErasedAt is { } at
            ? await ErasureAsync(desk, call, at)
            : await desk.EraseAsync(call.Shop, customer.ContactPoints, by, call.Aborted);
        return new ApiAnswer<ErasureModel>(CustomerMapping.Of(result), ApiText.Json.ErasureModel);
    }

    // Asked again, what was done then is told.
    private static async Task<ErasureResult> ErasureAsync(IPrivacyDesk desk, ApiCall call, DateTimeOffset at) =>
        (await desk.ErasuresAsync(call.Shop, Most, call.Aborted)).FirstOrDefault(erasure => (erasure.At - at).Duration() < TimeSpan.FromMilliseconds(1))
        ?? new ErasureResult { At = at, By = "engine" };

    private static async Task<(Customer? Customer, ApiProblem? Problem)> FindAsync(ApiCall call, bool isErasedFine = false)
    {
        var id = call.Path("id")!;
        if (call.Faults.Any)
        {
            return (null, ApiProblem.Of(call.Faults));
        }

        return await call.Get<ICustomerDesk>().FindAsync(call.Shop, id, call.Aborted) switch
        {
            null => (null, ApiProblem.NoCustomer(call.Shop, id)),
            { Customer: { ErasedAt: not null } erased } when isErasedFine => (erased, null),
            { Customer.ContactPoints.Count: 0 } => (
                null,
                ApiProblem.Of(StatusCodes.Status409Conflict, "The customer has no contact point, so nothing is found by it.")
            ),
            { Customer: var customer } => (customer, null),
        };
    }
}
