using Nop.Plugin.Misc.SupportSdk.Setup;

namespace Nop.Plugin.Misc.SupportSdk.Admin;

/// <summary>Says of facts what is well and what a person has to do.</summary>
internal static class HealthCheck
{
    /// <summary>How long ago a task that runs every minute may have run.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    private const string Tasks = "ScheduleTask/List";
    private const string Accounts = "EmailAccount/List";

    public static IReadOnlyList<HealthFinding> Of(HealthFacts facts) =>
        [
            TaskFinding(facts.Task, facts.Now, "Task"),
            TaskFinding(facts.MailTask, facts.Now, "MailTask"),
            .. Engine(facts),
            .. Addresses(facts),
            .. facts.Stores.SelectMany(Store),
        ];

    private static HealthFinding TaskFinding(TaskFacts? task, DateTimeOffset now, string name)
    {
        // A person may have set a task to run every hour.
        var twice = 2 * (task?.Every ?? TimeSpan.Zero);
        var silence = twice > Silence ? twice : Silence;
        return task switch
        {
            null => new HealthFinding(HealthLevel.Bad, $"Admin.Health.{name}.Missing", Tasks),
            { IsEnabled: false } => new HealthFinding(HealthLevel.Bad, $"Admin.Health.{name}.Off", Tasks),
            { Succeeded: null, Started: null } => new HealthFinding(HealthLevel.Bad, $"Admin.Health.{name}.Never", Tasks),
            { Succeeded: { } ran } when now - ran <= silence => new HealthFinding(HealthLevel.Good, $"Admin.Health.{name}.Good", null, Minutes(now - ran)),
            { Started: { } begun } when now - begun <= silence => new HealthFinding(HealthLevel.Bad, $"Admin.Health.{name}.Fails", "Log/List"),
            _ => new HealthFinding(HealthLevel.Bad, $"Admin.Health.{name}.Late", Tasks, Minutes(now - (task.Succeeded ?? task.Started ?? now))),
        };
    }

    private static IEnumerable<HealthFinding> Engine(HealthFacts facts)
    {
        yield return facts.EngineRuns
            ? new HealthFinding(HealthLevel.Good, "Admin.Health.Engine.Good", null)
            : new HealthFinding(HealthLevel.Bad, "Admin.Health.Engine.Off", "Support/Configure");
        foreach (var fault in facts.Faults)
        {
            yield return new HealthFinding(HealthLevel.Bad, "Admin.Health.Engine.Fault", "Support/Configure", fault);
        }
    }

    // Links in messages and the scheduler's own calls go to the store's address.
    private static IEnumerable<HealthFinding> Addresses(HealthFacts facts)
    {
        foreach (var store in facts.Stores.Where(store => Address(store.Url) is null))
        {
            yield return new HealthFinding(HealthLevel.Bad, "Admin.Health.Url.Bad", Edit(store), store.Name, store.Url, facts.Address);
        }

        var known = facts.Stores.Where(store => Address(store.Url) is not null).ToList();
        if (known.Count == 0)
        {
            yield break;
        }

        if (known.FirstOrDefault(store => string.Equals(Address(store.Url), Address(facts.Address), StringComparison.OrdinalIgnoreCase)) is { } here)
        {
            yield return new HealthFinding(HealthLevel.Good, "Admin.Health.Url.Good", null, here.Name, here.Url);
        }
        else
        {
            yield return new HealthFinding(HealthLevel.Bad, "Admin.Health.Url.Other", Edit(known[0]), known[0].Name, known[0].Url, facts.Address);
        }
    }

    private static IEnumerable<HealthFinding> Store(StoreFacts store)
    {
        yield return new HealthFinding(
            store.Mode == SupportMode.Live ? HealthLevel.Good : HealthLevel.Note,
            $"Admin.Health.Mode.{(Enum.IsDefined(store.Mode) ? store.Mode : SupportMode.Off)}",
            store.Mode == SupportMode.Live ? null : "Support/Configure",
            store.Name
        );
        if (store.Paused is { } reason)
        {
            yield return new HealthFinding(HealthLevel.Bad, "Admin.Health.Paused", null, store.Name, reason);
        }

        yield return store switch
        {
            { Account: null } => new HealthFinding(HealthLevel.Bad, "Admin.Health.Account.Missing", Accounts, store.Name),
            { AccountLimit: <= 0 } => new HealthFinding(HealthLevel.Bad, "Admin.Health.Account.Limit", Accounts, store.Name, store.Account),
            _ => new HealthFinding(HealthLevel.Good, "Admin.Health.Account.Good", null, store.Name, store.Account, store.AccountLimit),
        };
        yield return store.Promises > 0
            ? new HealthFinding(HealthLevel.Good, "Admin.Health.Promises.Good", null, store.Name, store.Promises)
            : new HealthFinding(HealthLevel.Bad, "Admin.Health.Promises.None", "Support/Promises", store.Name);
        yield return Arrival(store);
        foreach (var finding in Queue(store))
        {
            yield return finding;
        }
    }

    private static HealthFinding Arrival(StoreFacts store) =>
        (store.JudgesArrival, store.RecordsDeliveries) switch
        {
            (true, _) => new HealthFinding(HealthLevel.Good, "Admin.Health.Arrival.On", null, store.Name),
            (false, Observed.No) => new HealthFinding(HealthLevel.Note, "Admin.Health.Arrival.No", "Support/Configure", store.Name),
            _ when store.Shipped == 0 => new HealthFinding(HealthLevel.Note, "Admin.Health.Arrival.Nothing", "Support/Promises", store.Name),
            _ => new HealthFinding(HealthLevel.Note, "Admin.Health.Arrival.Learned", "Support/Promises", store.Name, store.Delivered, store.Shipped),
        };

    private static IEnumerable<HealthFinding> Queue(StoreFacts store)
    {
        if (store.Held > 0)
        {
            yield return new HealthFinding(HealthLevel.Note, "Admin.Health.Held", "SupportMessages/List", store.Name, store.Held);
        }

        if (store.Failed > 0)
        {
            yield return new HealthFinding(HealthLevel.Bad, "Admin.Health.Failed", "SupportMessages/List", store.Name, store.Failed);
        }
    }

    private static string? Address(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address.AbsoluteUri.TrimEnd('/') : null;

    private static string Edit(StoreFacts store) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Store/Edit/{store.Id}");

    private static int Minutes(TimeSpan span) => (int)Math.Max(0, span.TotalMinutes);
}
