using System.Data.Common;
using Support.Sdk.Customers;

namespace Support.Sdk.Relational;

internal sealed class CustomerStore(Database database) : ICustomerStore
{
    private const string Columns = "c.shop, c.customer_id, c.version, c.body";

    private static readonly RowShape<ContactPoint> Points = new RowShape<ContactPoint>()
        .Text("r_channel", point => point.Channel)
        .Text("r_contact", point => point.Value);

    private readonly CustomerSave _save = new(database.Dialect);

    private readonly string _find = $"""
        SELECT {Columns} FROM {database.Dialect.Rows(RowShape.Texts)} AS v
        JOIN support_customers c ON c.shop = @shop AND c.customer_id = v.value
        """;

    private readonly string _ofContacts = $"""
        SELECT {Columns} FROM {database.Dialect.Rows(Points)} AS r
        JOIN support_customer_contacts p ON p.shop = @shop AND p.channel = r.r_channel AND p.contact = r.r_contact
        JOIN support_customers c ON c.shop = p.shop AND c.customer_id = p.customer_id
        """;

    private readonly string _list = $"""
        SELECT {Columns} FROM support_customers c WHERE c.shop = @shop AND c.customer_id > @after AND c.listed = 1
        ORDER BY c.customer_id {database.Dialect.Limit("@max")}
        """;

    public async Task<IReadOnlyList<Customer>> FindAsync(string shop, IReadOnlyList<string> ids, CancellationToken cancellationToken = default) =>
        ids.Count == 0
            ? []
            : await database.ReadAsync(
                session => session.QueryAsync(_find, Read, cancellationToken, RowShape.Texts.Of([.. ids.Distinct(StringComparer.Ordinal)]), ("@shop", shop)),
                cancellationToken
            );

    public async Task<IReadOnlyList<Customer>> OfContactsAsync(string shop, IReadOnlyList<ContactPoint> points, CancellationToken cancellationToken = default)
    {
        if (points.Count == 0)
        {
            return [];
        }

        var rows = await database.ReadAsync(
            session =>
                session.QueryAsync(_ofContacts, Read, cancellationToken, Points.Of([.. points.Select(point => point.Canonical()).Distinct()]), ("@shop", shop)),
            cancellationToken
        );
        return [.. rows.DistinctBy(customer => customer.Id, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<Customer>> ListAsync(string shop, string? after, int max, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, 1000);
        return await database.ReadAsync(
            // Every id is above the empty text.
            session => session.QueryAsync(_list, Read, cancellationToken, ("@shop", shop), ("@after", after ?? ""), ("@max", max)),
            cancellationToken
        );
    }

    public async Task<bool> SaveAsync(IReadOnlyList<Customer> customers, CancellationToken cancellationToken = default) =>
        customers.Count == 0
        || await database.WriteAsync(
            async session =>
            {
                var saved = await _save.CustomersAsync(session, customers, cancellationToken);
                if (saved.Count == customers.Count && await _save.ContactsAsync(session, saved, cancellationToken))
                {
                    return true;
                }

                session.Undo();
                return false;
            },
            cancellationToken
        );

    private static Customer Read(DbDataReader reader) =>
        (reader.Stored(3, SupportJson.ReadCustomer) ?? Unreadable) with
        {
            Shop = reader.GetString(0),
            Id = reader.GetString(1),
            Version = reader.GetInt64(2),
        };

    // Somebody of whom nothing is known any more; saved again, it is whole again.
    private static Customer Unreadable { get; } =
        new()
        {
            Shop = "",
            Id = "",
            CreatedAt = DateTimeOffset.UnixEpoch,
            ChangedAt = DateTimeOffset.UnixEpoch,
        };
}
