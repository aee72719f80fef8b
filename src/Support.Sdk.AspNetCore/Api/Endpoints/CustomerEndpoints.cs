using Microsoft.AspNetCore.Http;
using Support.Sdk.Contacts;
using Support.Sdk.Customers;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Lists, shows, changes and merges customers.</summary>
internal static class CustomerEndpoints
{
    public const string Tag = "Customers";
    public const string One = "/customers/{shop}/{id}";
    private const int MaxChannel = 50;
    private const int MaxAddress = 320;

    private static readonly ApiOperation Listing = new()
    {
        Id = "listCustomers",
        Method = HttpMethods.Get,
        Pattern = "/customers",
        Tag = Tag,
        Summary = "Lists customers of a shop by their ids, or finds the one of a contact point.",
        Policy = SupportPolicies.Agent,
        Parameters =
        [
            ApiParameter.Shop,
            ApiParameter.Text(
                "contact",
                "Only the customer of this contact point, as CHANNEL:ADDRESS: email:ada@example.com. Request logs keep addresses that stand in a query."
            ),
            ApiParameter.Limit,
            ApiParameter.Cursor,
        ],
        Answer = typeof(CustomerPage),
        Problems = [404],
    };

    private static readonly ApiOperation Showing = new()
    {
        Id = "getCustomer",
        Method = HttpMethods.Get,
        Pattern = One,
        Tag = Tag,
        Summary = "Shows a customer with the latest orders and tickets; one who was merged is followed. External agents see neither names nor addresses.",
        Policy = SupportPolicies.ExternalAgent,
        Answer = typeof(CustomerModel),
        HasTag = true,
        Problems = [404],
    };

    private static readonly ApiOperation Changing = new()
    {
        Id = "changeCustomer",
        Method = HttpMethods.Patch,
        Pattern = One,
        Tag = Tag,
        Summary = "Changes a customer. Naming an anonymous visitor is such a change.",
        Policy = SupportPolicies.Agent,
        Body = typeof(CustomerChanges),
        Answer = typeof(CustomerModel),
        HasTag = true,
        ReadsIfMatch = true,
        Problems = [404, 409, 412, 413, 415],
    };

    private static readonly ApiOperation Merging = new()
    {
        Id = "mergeCustomer",
        Method = HttpMethods.Post,
        Pattern = One + "/merge",
        Tag = Tag,
        Summary = "Makes one customer of two. Answers with the one who stays.",
        Policy = SupportPolicies.Lead,
        Body = typeof(CustomerMerging),
        Answer = typeof(CustomerModel),
        HasTag = true,
        Problems = [404, 409, 413, 415],
    };

    public static void Map(ApiGroup group)
    {
        group.Map(Listing, ListAsync);
        group.Map(Showing, ShowAsync);
        group.Map(Changing, ChangeAsync);
        group.Map(Merging, MergeAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        var limit = call.Limit();
        var (shop, contact, after) = (call.Required("shop"), ContactOf(call), call.Place());
        if (call.Faults.Any)
        {
            return call.Refuse();
        }

        if (await call.FindShopAsync() is null)
        {
            return ApiProblem.NoShop(shop);
        }

        var desk = call.Get<ICustomerDesk>();
        var customers =
            contact is null ? await desk.ListAsync(shop, after, limit + 1, call.Aborted)
            : await desk.OfContactAsync(shop, contact, call.Aborted) is { } found ? [found.Customer]
            : [];
        var next = customers.Count > limit ? call.Cursor(customers[limit - 1].Id) : null;
        var page = new CustomerPage { Items = [.. customers.Take(limit).Select(CustomerMapping.Of)], Next = next };
        return new ApiAnswer<CustomerPage>(page, ApiText.Json.CustomerPage) { NextPage = call.Page(next) };
    }

    private static async Task<IResult> ShowAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        return await AnswerAsync(call, call.Path("id")!);
    }

    private static async Task<IResult> ChangeAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        _ = call.Key();
        var seen = call.IfMatch();
        var changes = await call.ReadAsync(ApiJson.Default.CustomerChanges);
        if (changes == new CustomerChanges())
        {
            call.Faults.Add("body", "Changes nothing. Name what shall become different.");
        }

        Check(call, changes);
        if (changes is null || call.Faults.Any)
        {
            return call.Refuse();
        }

        var id = call.Path("id")!;
        var edit = EditOf(changes) with { Version = seen };
        return await ActAsync(call, id, () => call.Get<ICustomerDesk>().ChangeAsync(call.Shop, id, edit, call.Aborted), customer => IsDone(customer, edit));
    }

    private static async Task<IResult> MergeAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        // Asked again, it is done already: the header needs no memory here.
        _ = call.Key();
        var merging = await call.ReadAsync(ApiJson.Default.CustomerMerging);
        var id = call.Path("id")!;
        if (string.Equals(merging?.Into, id, StringComparison.Ordinal))
        {
            call.Faults.Add("into", "Is this customer. Two different ones can be merged.");
        }

        if (merging is null || call.Faults.Any)
        {
            return call.Refuse();
        }

        if (await call.Get<ICustomerDesk>().FindAsync(call.Shop, merging.Into, call.Aborted) is null)
        {
            return ApiProblem.NoCustomer(call.Shop, merging.Into);
        }

        return await ActAsync(call, id, () => call.Get<ICustomerDesk>().MergeAsync(call.Shop, id, merging.Into, call.Aborted), _ => false);
    }

    private static async Task<IResult> AnswerAsync(ApiCall call, string id) =>
        await call.Get<ICustomerDesk>().FindAsync(call.Shop, id, call.Aborted) is { } view
            ? new ApiAnswer<CustomerModel>(CustomerMapping.Of(view, call.IsMasked), ApiText.Json.CustomerModel) { Version = view.Customer.Version }
            : ApiProblem.NoCustomer(call.Shop, id);

    private static async Task<IResult> ActAsync(ApiCall call, string id, Func<Task<CustomerResult>> act, Func<Customer, bool> happened)
    {
        CustomerResult result;
        try
        {
            result = await act();
        }
        catch (ArgumentException exception) when (exception.GetType() == typeof(ArgumentException))
        {
            return TicketActs.Impossible(call, exception);
        }

        // RFC 9110, section 13.1.1: asked again with the tag from before, what was asked for has happened already.
        var isDone = result.Refusal is null || (result.IsOvertaken && happened(result.Customer!));
        if (isDone)
        {
            return await AnswerAsync(call, result.Customer!.Id);
        }

        return result.IsOvertaken ? ApiProblem.Overtaken()
            : result.Customer is null && await call.Get<ICustomerDesk>().FindAsync(call.Shop, id, call.Aborted) is null ? ApiProblem.NoCustomer(call.Shop, id)
            : ApiProblem.Of(StatusCodes.Status409Conflict, result.Refusal!);
    }

    private static void Check(ApiCall call, CustomerChanges? changes)
    {
        foreach (var (index, point) in (changes?.AddContacts ?? []).Index())
        {
            if (string.IsNullOrWhiteSpace(point.Channel) || point.Channel.Length > MaxChannel)
            {
                call.Faults.Add(FormattableString.Invariant($"addContacts[{index}].channel"), $"Has 1 to {MaxChannel} characters.");
            }

            if (string.IsNullOrWhiteSpace(point.Value) || point.Value.Length > MaxAddress)
            {
                call.Faults.Add(FormattableString.Invariant($"addContacts[{index}].value"), $"Has 1 to {MaxAddress} characters.");
            }
        }
    }

    private static bool IsDone(Customer customer, CustomerEdit edit) =>
        IsSet(customer.Name, edit.Name)
        && IsSet(customer.Culture, edit.Culture)
        && IsSet(customer.TimeZone, edit.TimeZone)
        && edit.AddContacts.All(point => customer.ContactPoints.Contains(point.Canonical()))
        && !edit.RemoveContacts.Any(point => customer.ContactPoints.Contains(point.Canonical()))
        && edit.AddTags.All(tag => customer.Tags.Contains(tag, StringComparer.Ordinal))
        && !edit.RemoveTags.Any(tag => customer.Tags.Contains(tag, StringComparer.Ordinal));

    private static bool IsSet(string? value, string? wanted) => wanted is null || string.Equals(value ?? "", wanted, StringComparison.Ordinal);

    private static CustomerEdit EditOf(CustomerChanges changes) =>
        new()
        {
            Name = changes.Name,
            Culture = changes.Culture,
            TimeZone = changes.TimeZone,
            AddContacts = Points(changes.AddContacts),
            RemoveContacts = Points(changes.RemoveContacts),
            AddTags = changes.AddTags ?? [],
            RemoveTags = changes.RemoveTags ?? [],
        };

    private static IReadOnlyList<ContactPoint> Points(IReadOnlyList<ContactModel>? points) =>
        points is null ? [] : [.. points.Select(point => new ContactPoint(point.Channel, point.Value))];

    private static ContactPoint? ContactOf(ApiCall call)
    {
        if (call.Text("contact") is not { } contact)
        {
            return null;
        }

        if (contact.Split(':', 2) is [{ Length: > 0 } channel, var value] && !string.IsNullOrWhiteSpace(value))
        {
            return new ContactPoint(channel, value);
        }

        call.Faults.Add("contact", "Must be CHANNEL:ADDRESS, for example email:ada@example.com.");
        return null;
    }
}
