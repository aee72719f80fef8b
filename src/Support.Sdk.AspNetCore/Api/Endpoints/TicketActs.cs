using Microsoft.AspNetCore.Http;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>What the endpoints about tickets have in common: reading one, and answering an act.</summary>
internal static class TicketActs
{
    /// <summary>The ticket without its orders, or null.</summary>
    public static async Task<Ticket?> FindAsync(ApiCall call, TicketKey key)
    {
        await call.StartAsync();
        return await call.Get<ITicketStore>().FindAsync([key], call.Aborted) is [var ticket] ? ticket : null;
    }

    /// <summary>The ticket with its orders, as it stands now.</summary>
    public static async Task<IResult> ShowAsync(ApiCall call, TicketKey key, int status = StatusCodes.Status200OK)
    {
        if (await call.Get<ITickets>().FindAsync(key, call.Aborted) is not { } view)
        {
            return ApiProblem.NoTicket(key);
        }

        var mask = await MaskAsync(call, view.Ticket);
        var orders = view.Orders.Select(order => OrderMapping.Of(order.Order, mask, order.Decisions)).ToList();
        return new ApiAnswer<TicketModel>(TicketMapping.Of(view.Ticket, mask, orders), ApiText.Json.TicketModel)
        {
            Status = status,
            Version = view.Ticket.Version,
            Location = status == StatusCodes.Status201Created ? call.Address(key) : null,
        };
    }

    /// <summary>What hides the customer of a ticket from who asks.</summary>
    public static async Task<Mask> MaskAsync(ApiCall call, Ticket ticket) => (await TicketMasks.ReadAsync(call, [ticket])).Of(ticket);

    /// <summary>Acts, and shows the ticket that came of it, or the problem.</summary>
    public static async Task<IResult> ActAsync(ApiCall call, Func<Task<TicketResult>> act, int status = StatusCodes.Status200OK)
    {
        var (ticket, problem) = await TryAsync(call, act);
        return problem ?? await ShowAsync(call, ticket!.Key, status);
    }

    /// <summary>Acts.</summary>
    public static async Task<(Ticket? Ticket, IResult? Problem)> TryAsync(ApiCall call, Func<Task<TicketResult>> act)
    {
        TicketResult result;
        try
        {
            result = await act();
        }
        catch (ArgumentException exception) when (exception.GetType() == typeof(ArgumentException))
        {
            return (null, Impossible(call, exception));
        }

        return result.Outcome switch
        {
            TicketOutcome.Done => (result.Ticket, null),
            TicketOutcome.NotFound => (null, ApiProblem.Of(StatusCodes.Status404NotFound, result.Refusal!)),
            TicketOutcome.Overtaken => (null, ApiProblem.Overtaken()),
            _ => (null, ApiProblem.Of(StatusCodes.Status409Conflict, result.Refusal!)),
        };
    }

    /// <summary>What the engine, and not the API, finds impossible: an unknown team, a tag with a comma.</summary>
    public static ApiProblem Impossible(ApiCall call, ArgumentException exception)
    {
        var end = exception.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        call.Faults.Add("body", end < 0 ? exception.Message : exception.Message[..end]);
        return call.Refuse();
    }
}
