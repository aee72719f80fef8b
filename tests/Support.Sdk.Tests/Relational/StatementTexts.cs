using System.Collections;
using System.Reflection;
using Support.Sdk.Deliveries;
using Support.Sdk.Orders;
using Support.Sdk.Relational;
using Support.Sdk.Tickets;

namespace Support.Sdk.Tests.Relational;

/// <summary>Every statement that the stores make in a dialect, found where they keep it.</summary>
internal static class StatementTexts
{
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private static readonly string[] Verbs = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH ", "MERGE ", "DECLARE ", "SET ", "EXEC "];

    public static IReadOnlyList<string> Of(SqlDialect dialect)
    {
        var database = new Nowhere(dialect);
        var texts = new HashSet<string>(StringComparer.Ordinal) { dialect.TableExists };
        if (dialect.Lock is { } wait)
        {
            texts.Add(wait);
        }

        object[] stores =
        [
            new SupportStore(database),
            new InboxStore(database),
            new OrderStore(database),
            new OutboxStore(database),
            new ShopStore(database),
            new ContactStore(database),
            new PrivacyStore(database, new ContentOptions()),
            new TicketStore(database),
            new CustomerStore(database),
            new ContentStore(database, new ContentOptions()),
            new StateStore(database),
        ];
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var store in stores)
        {
            Gather(store, seen, texts);
        }

        foreach (var query in Lists())
        {
            texts.Add(DeliveryList.Of(query, "support_outbox.id, state", dialect).Sql);
        }

        texts.UnionWith(TicketLists().Select(query => TicketList.Of(query, dialect).Sql));
        texts.UnionWith(Entries().Select(query => TicketEntries.Select(query, dialect)));

        return [.. texts.Where(text => Verbs.Any(verb => text.TrimStart().StartsWith(verb, StringComparison.Ordinal)))];
    }

    private static void Gather(object owner, HashSet<object> seen, HashSet<string> texts)
    {
        if (!seen.Add(owner))
        {
            return;
        }

        foreach (var value in owner.GetType().GetFields(Fields).Select(field => field.GetValue(field.IsStatic ? null : owner)))
        {
            if (value is string text)
            {
                texts.Add(text);
            }
            else if (value is IEnumerable<string> several)
            {
                texts.UnionWith(several);
            }
            else if (value is not null and not Database and not SqlDialect and not IEnumerable && value.GetType().Assembly == typeof(Database).Assembly)
            {
                Gather(value, seen, texts);
            }
        }
    }

    private static IEnumerable<DeliveryQuery> Lists()
    {
        var key = new OrderKey("main", "1");
        yield return new DeliveryQuery();
        yield return new DeliveryQuery { Id = "1" };
        yield return new DeliveryQuery { Order = key, After = "1" };
        yield return new DeliveryQuery { Shop = "main", To = new ContactPoint("email", "a@example.com") };
        yield return new DeliveryQuery { States = [DeliveryState.Held, DeliveryState.InDoubt], After = "1" };
        yield return new DeliveryQuery { States = [DeliveryState.Accepted] };
    }

    private static IEnumerable<TicketQuery> TicketLists()
    {
        foreach (var order in Enum.GetValues<TicketOrder>())
        {
            var every = new TicketQuery
            {
                Shop = "main",
                Order = order,
                After = new TicketPlace(1, DateTimeOffset.UnixEpoch),
            };
            yield return every;
            yield return every with
            {
                OnlyOpen = true,
                Assignee = "bob",
                Team = "returns",
                Channel = "chat",
            };
            yield return every with
            {
                Status = TicketStatus.Solved,
                CustomerId = "ada",
                Priority = TicketPriority.High,
                Kind = TicketKind.Return,
            };
            yield return every with
            {
                OrderId = "1",
                Tag = "vip",
            };
        }
    }

    private static IEnumerable<TicketEntryQuery> Entries()
    {
        yield return new TicketEntryQuery { Key = new TicketKey("main", 1) };
        yield return new TicketEntryQuery
        {
            Key = new TicketKey("main", 1),
            RequestId = "1",
            OnlyPublic = true,
            Latest = true,
        };
    }

    private sealed class Nowhere(SqlDialect dialect) : Database(dialect)
    {
        protected override Task OpenAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        protected override Task<T> OnWriterAsync<T>(Func<SqlSession, Task<T>> work, bool survivesPowerCut, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        protected override Task<T> OnReaderAsync<T>(Func<SqlSession, Task<T>> work, CancellationToken cancellationToken) => throw new NotSupportedException();

        protected override ValueTask CloseAsync() => ValueTask.CompletedTask;
    }
}
