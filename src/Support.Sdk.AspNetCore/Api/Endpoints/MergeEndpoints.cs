using Microsoft.AspNetCore.Http;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>Puts tickets together and takes them apart.</summary>
internal static class MergeEndpoints
{
    private static readonly ApiOperation Merging = new()
    {
        Id = "mergeTicket",
        Method = HttpMethods.Post,
        Pattern = TicketEndpoints.One + "/merge",
        Tag = TicketEndpoints.Tag,
        Summary = "Moves everything of this ticket into another one, and closes it. Answers with the one that goes on.",
        Policy = SupportPolicies.Lead,
        Body = typeof(TicketMerging),
        Answer = typeof(TicketModel),
        HasTag = true,
        Problems = [404, 409, 413, 415],
    };

    private static readonly ApiOperation Splitting = new()
    {
        Id = "splitTicket",
        Method = HttpMethods.Post,
        Pattern = TicketEndpoints.One + "/split",
        Tag = TicketEndpoints.Tag,
        Summary = "Opens another ticket with copies of messages of this one, for a second matter of the same customer. Answers with the new one.",
        Policy = SupportPolicies.Lead,
        Body = typeof(TicketSplitting),
        Status = StatusCodes.Status201Created,
        Answer = typeof(TicketModel),
        HasTag = true,
        Problems = [404, 409, 413, 415],
    };

    public static void Map(ApiGroup group)
    {
        group.Map(Merging, MergeAsync);
        group.Map(Splitting, SplitAsync);
    }

    private static async Task<IResult> MergeAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        // Asked again, it is done already: the header needs no memory here.
        _ = call.Key();
        var merging = await call.ReadAsync(ApiJson.Default.TicketMerging);
        if (merging?.Into == call.Ticket.Number)
        {
            call.Faults.Add("into", "Is this ticket. Two different ones can be merged.");
        }

        if (merging is null || call.Faults.Any)
        {
            return call.Refuse();
        }

        if (call.By is not { } by)
        {
            return ApiProblem.Nobody();
        }

        var into = call.Ticket with { Number = merging.Into };
        return await call.FindShopAsync() is null
            ? ApiProblem.NoTicket(call.Ticket)
            : await TicketActs.ActAsync(call, () => call.Get<ITicketDesk>().MergeAsync(call.Ticket, into, by, call.Aborted));
    }

    private static async Task<IResult> SplitAsync(HttpContext context)
    {
        var call = await ApiCall.OfAsync(context);
        var key = call.Key();
        var splitting = await call.ReadAsync(ApiJson.Default.TicketSplitting);
        if (splitting?.Entries.Count is 0 or > 100)
        {
            call.Faults.Add("entries", "Must be the numbers of 1 to 100 messages.");
        }

        if (string.IsNullOrWhiteSpace(splitting?.Subject) && splitting is not null)
        {
            call.Faults.Add("subject", "Is empty.");
        }

        if (splitting is null || call.Faults.Any)
        {
            return call.Refuse();
        }

        if (call.By is not { } by)
        {
            return ApiProblem.Nobody();
        }

        var split = new TicketSplit
        {
            Entries = splitting.Entries,
            Subject = splitting.Subject,
            RequestId = key.Id,
        };
        return await call.FindShopAsync() is null
            ? ApiProblem.NoTicket(call.Ticket)
            : await TicketActs.ActAsync(call, () => call.Get<ITicketDesk>().SplitAsync(call.Ticket, split, by, call.Aborted), StatusCodes.Status201Created);
    }
}
