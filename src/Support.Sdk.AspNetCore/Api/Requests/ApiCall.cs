using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.AspNetCore.Pages;
using Support.Sdk.Shops;
using Support.Sdk.Sweep;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Api;

/// <summary>One request on its way: who asks, for what, and what is wrong with it.</summary>
internal sealed class ApiCall
{
    private readonly HttpContext _context;

    private ApiCall(HttpContext context, ApiOperation operation) => (_context, Operation) = (context, operation);

    public ApiOperation Operation { get; }

    public ApiFaults Faults { get; } = new();

    /// <summary>Why nothing of the body was read, or null.</summary>
    public ApiProblem? Problem { get; set; }

    /// <summary>The id of who asks, or null when the application does not tell.</summary>
    public string? By { get; private init; }

    /// <summary>Whether personal data is hidden from who asks.</summary>
    public bool IsMasked { get; private init; }

    public CancellationToken Aborted => _context.RequestAborted;

    /// <summary>The shop that the address names, in its path or its query.</summary>
    public string Shop => Path("shop") ?? Query("shop") ?? "";

    public TicketKey Ticket => new(Shop, long.Parse(Path("number") ?? "", NumberStyles.None, CultureInfo.InvariantCulture));

    public static async Task<ApiCall> OfAsync(HttpContext context)
    {
        var gate = ApiGate.Of(context);
        return new ApiCall(context, ApiOperation.Of(context)) { By = gate.Who(context), IsMasked = await gate.IsMaskedAsync(context) };
    }

    public T Get<T>()
        where T : notnull => _context.RequestServices.GetRequiredService<T>();

    /// <summary>The answer to what cannot be understood.</summary>
    public ApiProblem Refuse() => Problem ?? ApiProblem.Of(Faults);

    /// <summary>Opens the store, or says which call is missing.</summary>
    public async Task StartAsync() => await Get<SupportStart>().EnsureAsync(Aborted);

    public ValueTask<Shop?> FindShopAsync() => Get<IShopDirectory>().FindAsync(Shop, Aborted);

    /// <summary>A part of the path, or null when there is no such part.</summary>
    // Only the slash is left as it was written.
    public string? Path(string name) => (_context.GetRouteValue(name) as string)?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>A query parameter, or null when it is not there or empty; more than one of it is a fault.</summary>
    public string? Query(string name)
    {
        var values = _context.Request.Query[name];
        if (values.Count > 1)
        {
            Faults.Add(name, "Stands there more than once.");
        }

        return values is [{ Length: > 0 } value, ..] ? value : null;
    }

    public HttpRequest Request => _context.Request;

    /// <summary>The address of something of the API, whatever the application put before it.</summary>
    public string Address(params IEnumerable<string> segments)
    {
        // What stands before the operation's own segments is where the API is, behind proxies and groups too.
        var path = PagePath.Above(_context, Operation.Pattern.Count(character => character == '/'));
        return segments.Aggregate(new StringBuilder(path), (address, segment) => address.Append('/').Append(Uri.EscapeDataString(segment))).ToString();
    }

    public string Address(TicketKey key) => Address("tickets", key.Shop, key.Number.ToString(CultureInfo.InvariantCulture));
}
