using System.Globalization;
using Nop.Core;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Configuration;
using Nop.Services.Helpers;
using Support.Sdk.Backtests;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using static Nop.Plugin.Misc.SupportSdk.Setup.ShopValues;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>Proposes promises from the shop's own past, shows what they would have meant, and saves what a person makes of them.</summary>
internal sealed class PromisesPage(
    PromiseHistory history,
    PlayableOrders playable,
    ISettingService settings,
    IStoreContext context,
    IDateTimeHelper times,
    SupportHost host,
    AdminWords words,
    TimeProvider time
)
{
    /// <summary>The most promises that the form takes.</summary>
    public const int MostRows = 200;

    /// <summary>The most orders that are played to count messages.</summary>
    public const int MostPlayed = 500;

    /// <summary>The promises as they are saved, or proposals where there are none or where they are asked for.</summary>
    public async Task<PromisesModel> ReadAsync(bool proposed, CancellationToken cancellationToken)
    {
        var store = await context.GetActiveStoreScopeConfigurationAsync();
        var own = await settings.LoadSettingAsync<SupportSettings>(store);
        var rules = proposed ? [] : Saved(own);
        var past = await PastAsync(store, own);
        var model = new PromisesModel
        {
            StoreScope = store,
            AreProposed = rules.Count == 0,
            WarnHours = own.WarnHours,
            AreOwn = await AreOwnAsync(own, store),
        };
        var shown = rules.Count == 0 ? past.Proposals.Select(Rule).ToList() : [.. rules];
        await FillAsync(model, past, shown, cancellationToken);
        return model;
    }

    /// <summary>What the written promises would have meant; nothing is saved.</summary>
    public async Task TryAsync(PromisesModel model, CancellationToken cancellationToken)
    {
        var store = await context.GetActiveStoreScopeConfigurationAsync();
        var own = await settings.LoadSettingAsync<SupportSettings>(store);
        var past = await PastAsync(store, own);
        model.StoreScope = store;
        model.AreOwn = await AreOwnAsync(own, store);
        await FillAsync(model, past, Rules(model), cancellationToken);
    }

    /// <summary>Saves the written promises, or says what is wrong with them and saves nothing.</summary>
    public async Task<IReadOnlyList<SettingFault>> SaveAsync(PromisesModel model)
    {
        var rules = Rules(model);
        var faults = Faults(model, rules);
        if (faults.Count > 0)
        {
            return faults;
        }

        var store = await context.GetActiveStoreScopeConfigurationAsync();
        var own = await settings.LoadSettingAsync<SupportSettings>(store);
        (own.Promises, own.WarnHours) = (StoreShops.Write(rules), model.WarnHours);
        await SaveAsync(own, isOwn: true, store);
        return [];
    }

    /// <summary>Gives up the chosen store's own promises for those of all stores.</summary>
    public async Task ShareAsync()
    {
        if (await context.GetActiveStoreScopeConfigurationAsync() is > 0 and var store)
        {
            await SaveAsync(await settings.LoadSettingAsync<SupportSettings>(), isOwn: false, store);
        }
    }

    /// <summary>What is wrong with the written promises.</summary>
    public static IReadOnlyList<SettingFault> Faults(PromisesModel model) => Faults(model, Rules(model));

    private static List<SettingFault> Faults(PromisesModel model, IReadOnlyList<PromiseRule> rules) =>
        model.Rows.Count > MostRows ? [new SettingFault(nameof(model.Rows), "Admin.Fault.Promise.TooMany")]
        : model.WarnHours is < 0 or > StoreShops.MostWarnHours
            ? [new SettingFault(nameof(model.WarnHours), "Admin.Fault.WarnHours", StoreShops.MostWarnHours.ToString(CultureInfo.InvariantCulture))]
        : [.. SettingRules.Faults(rules)];

    private async Task SaveAsync(SupportSettings own, bool isOwn, int store)
    {
        await settings.SaveSettingOverridablePerStoreAsync(own, one => one.Promises, isOwn, store, clearCache: false);
        await settings.SaveSettingOverridablePerStoreAsync(own, one => one.WarnHours, isOwn, store, clearCache: false);
        await settings.ClearCacheAsync();
        await host.RefreshAsync(force: true);
    }

    private async Task<bool> AreOwnAsync(SupportSettings own, int store) =>
        store > 0
        && (await settings.SettingExistsAsync(own, one => one.Promises, store) || await settings.SettingExistsAsync(own, one => one.WarnHours, store));

    // Rows that are empty or taken out are no promises.
    private static List<PromiseRule> Rules(PromisesModel model) =>
        [
            .. model
                .Rows.Take(MostRows + 1)
                .Where(row => !row.Remove && (row.Ship is not null || row.Deliver is not null || Text(row.Method) is not null || Text(row.Country) is not null))
                .Select(row => new PromiseRule
                {
                    Method = Text(row.Method),
                    Country = Text(row.Country)?.ToUpperInvariant(),
                    Ship = row.Ship,
                    Deliver = row.Deliver,
                }),
        ];

    private static IReadOnlyList<PromiseRule> Saved(SupportSettings own)
    {
        try
        {
            return StoreShops.Promises(own.Promises);
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private async Task<Past> PastAsync(int store, SupportSettings own)
    {
        var orders = await history.ReadAsync(store, time.GetUtcNow());
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(own.TimeZone?.Trim() ?? "", out var known) ? known : times.DefaultStoreTimeZone;
        var shipped = orders.Sum(order => order.ShippedParcels);
        var delivered = orders.Sum(order => order.DeliveredParcels);
        var observes = Arrivals.AreRecorded(own.RecordsDeliveries, shipped, delivered);
        return new Past(orders, zone, shipped, delivered, observes, own.RecordsDeliveries, PromiseProposals.Of(orders, zone, observes));
    }

    private async Task FillAsync(PromisesModel model, Past past, IReadOnlyList<PromiseRule> rules, CancellationToken cancellationToken)
    {
        model.PromisesArrival = past.Observes;
        var outcomes = PromiseProposals.Outcomes(past.Orders, rules, past.Zone);
        model.Rows = [.. rules.Zip(outcomes, Row)];
        foreach (var (rule, outcome) in past.Proposals.Select(Rule).Zip(PromiseProposals.Outcomes(past.Orders, [.. past.Proposals.Select(Rule)], past.Zone)))
        {
            model.Proposals.Add(Row(rule, outcome));
        }

        await AddRemarksAsync(model, past);
        await AddNoticesAsync(model, rules, past.Observes, cancellationToken);
    }

    private async Task AddRemarksAsync(PromisesModel model, Past past)
    {
        model.Remarks.Add(await words.OfAsync("Admin.Promises.Read", past.Orders.Count, PromiseHistory.Span.Days, PromiseHistory.Most, past.Zone.Id));
        if (past.Proposals.Count == 0)
        {
            model.Remarks.Add(await words.OfAsync("Admin.Promises.TooFew", PromiseProposals.Least));
        }

        if (past.Observes)
        {
            model.Remarks.Add(await words.OfAsync("Admin.Promises.Arrival.On", past.Delivered, past.Shipped));
        }
        else
        {
            var key =
                past.Observed == Observed.No ? "Admin.Promises.Arrival.No"
                : past.Shipped == 0 ? "Admin.Promises.Arrival.Nothing"
                : "Admin.Promises.Arrival.Off";
            model.Remarks.Add(await words.OfAsync(key, past.Delivered, past.Shipped));
        }
    }

    // What was written may be nonsense, and the engine may not run: the rest of the page stands without it.
    private async Task AddNoticesAsync(PromisesModel model, IReadOnlyList<PromiseRule> rules, bool observes, CancellationToken cancellationToken)
    {
        if (rules.Count == 0 || SettingRules.Faults(rules).Any())
        {
            return;
        }

        if (await host.FindAsync(cancellationToken) is not { } engine || Shop(engine, model.StoreScope) is not { } shop)
        {
            model.Remarks.Add(await words.OfAsync("Admin.Promises.NoEngine"));
            return;
        }

        var orders = await playable.ReadAsync(model.StoreScope, time.GetUtcNow() - PromiseHistory.Span, MostPlayed, cancellationToken);
        // What the whole history says of deliveries counts from the first order on.
        var tried = shop with
        {
            Mode = ShopMode.Live,
            RecordsDeliveries = observes,
            PromisePolicies = [.. rules.Select(Policy)],
        };
        var backtest = engine.Get<ISupportBacktest>();
        if (observes && orders.Count >= PromiseProposals.Least)
        {
            await AddWarningsAsync(model, backtest, tried, orders, cancellationToken);
        }

        var report = await PlayAsync(backtest, tried with { AtRiskBefore = TimeSpan.FromHours(model.WarnHours) }, orders, cancellationToken);
        foreach (var (kind, count) in report.Notices)
        {
            model.Notices.Add(new KindCount(await words.KindAsync(kind), count));
        }

        model.Remarks.Add(await words.OfAsync("Admin.Promises.Played", report.Orders, MostPlayed, report.Late, report.LateToldInTime, report.FalseAlarms));
        if (WarningLead.IsTooMany(report.FalseAlarms, report.Orders))
        {
            model.Remarks.Add(await words.OfAsync("Admin.Promises.FalseAlarms", report.FalseAlarms));
        }
    }

    // What is chosen here must hold also where the shop tells customers of that one day.
    private async Task AddWarningsAsync(
        PromisesModel model,
        ISupportBacktest backtest,
        Shop tried,
        IReadOnlyList<OrderSnapshot> orders,
        CancellationToken cancellationToken
    )
    {
        var warning = tried with { Tells = [.. (tried.Tells ?? NoticeKinds.Default).Append(NoticeKinds.OrderAtRisk).Distinct(StringComparer.Ordinal)] };
        foreach (var hours in WarningLead.Choices)
        {
            var report = await PlayAsync(backtest, warning with { AtRiskBefore = TimeSpan.FromHours(hours) }, orders, cancellationToken);
            model.Warnings.Add(new WarningLead(hours, report.Orders, report.LateToldInTime, report.FalseAlarms));
        }

        var proposed = WarningLead.Propose(model.Warnings);
        var (meant, shortest) = (model.Warnings.First(lead => lead.Hours == proposed), model.Warnings.Last(lead => lead.Hours > 0));
        model.WarningProposal =
            proposed > 0 ? await words.OfAsync("Admin.Promises.Warn.Before", proposed, meant.FalseAlarms, meant.Orders)
            : meant.WorriesTooMany ? await words.OfAsync("Admin.Promises.Warn.Never", meant.FalseAlarms, meant.Orders)
            : await words.OfAsync("Admin.Promises.Warn.NotBefore", shortest.Hours, shortest.FalseAlarms, shortest.Orders);
        if (model.AreProposed)
        {
            model.WarnHours = proposed;
        }
    }

    private Task<BacktestReport> PlayAsync(ISupportBacktest backtest, Shop tried, IReadOnlyList<OrderSnapshot> orders, CancellationToken cancellationToken) =>
        backtest.RunAsync(tried, StreamAsync(orders), time.GetUtcNow(), progress: null, cancellationToken);

    private static Shop? Shop(SupportEngine engine, int store) =>
        store == 0 && engine.Shops is [var first, ..]
            ? first
            : engine.Shops.FirstOrDefault(shop => string.Equals(shop.Id, StoreShops.IdOf(store), StringComparison.Ordinal));

    private static async IAsyncEnumerable<OrderSnapshot> StreamAsync(IReadOnlyList<OrderSnapshot> orders)
    {
        foreach (var order in orders)
        {
            yield return order;
        }

        await Task.CompletedTask;
    }

    private static PromisePolicy Policy(PromiseRule rule) =>
        new()
        {
            ShippingMethod = rule.Method,
            DestinationCountry = rule.Country,
            ShipWithinDays = rule.Ship,
            DeliverWithinDays = rule.Deliver,
        };

    private static PromiseRule Rule(PromiseProposal proposal) =>
        new()
        {
            Method = proposal.Method,
            Country = proposal.Country,
            Ship = proposal.Ship,
            Deliver = proposal.Deliver,
        };

    private static PromiseRow Row(PromiseRule rule, PromiseOutcome outcome) =>
        new()
        {
            Method = rule.Method,
            Country = rule.Country,
            Ship = rule.Ship,
            Deliver = rule.Deliver,
            Orders = outcome.Orders,
            ShippedLate = outcome.ShippedLate,
            ArrivedLate = outcome.ArrivedLate,
        };

    private sealed record Past(
        IReadOnlyList<PastShipping> Orders,
        TimeZoneInfo Zone,
        int Shipped,
        int Delivered,
        bool Observes,
        Observed Observed,
        IReadOnlyList<PromiseProposal> Proposals
    );
}
