using Support.Sdk.Customers;

namespace Support.Sdk.Relational;

/// <summary>Saves customers with their contact points, one statement a table whatever their number.</summary>
internal sealed class CustomerSave(SqlDialect dialect)
{
    private static readonly RowShape<Customer> Customers = new RowShape<Customer>()
        .Text("r_shop", customer => customer.Shop)
        .Text("r_customer", customer => customer.Id)
        .Number("r_version", customer => customer.Version)
        .Number("r_listed", customer => customer is { MergedInto: null, ErasedAt: null } ? 1 : 0)
        .Text("r_body", SupportJson.Write);

    private static readonly RowShape<Row> Contacts = new RowShape<Row>()
        .Text("shop", row => row.Shop)
        .Text("channel", row => row.Channel)
        .Text("contact", row => row.Contact)
        .Text("customer_id", row => row.Customer);

    private readonly string _update = dialect.Update(
        new SqlUpdate("support_customers", "id")
        {
            Set = [("version", "version + 1"), ("listed", "r.r_listed"), ("body", "r.r_body")],
            From = $"{dialect.Rows(Customers)} AS r",
            Where = "shop = r.r_shop AND customer_id = r.r_customer AND version = r.r_version",
            Returning = "shop, customer_id",
        }
    );

    private readonly string _insert = dialect.Insert(
        new SqlInsert("support_customers", "shop, customer_id, version, listed, body")
        {
            Values = "r_shop, r_customer, 1, r_listed, r_body",
            From = $"{dialect.Rows(Customers)} AS r",
            Key = "shop, customer_id",
            Returning = "shop, customer_id",
        }
    );

    private readonly string _forget =
        $"DELETE FROM support_customer_contacts WHERE {dialect.Among("shop, customer_id", "r_shop, r_customer", $"{dialect.Rows(Customers)} AS r")}";

    private readonly string _contacts = dialect.Insert(
        new SqlInsert("support_customer_contacts", "shop, channel, contact, customer_id")
        {
            From = $"{dialect.Rows(Contacts)} AS r",
            Key = "shop, channel, contact",
            Returning = "shop, channel, contact",
        }
    );

    /// <returns>Those that were saved; the others lost the race.</returns>
    public async Task<IReadOnlyList<Customer>> CustomersAsync(SqlSession session, IReadOnlyList<Customer> customers, CancellationToken cancellationToken)
    {
        // In one order, so that two workers do not wait for each other in a ring.
        var first = customers
            .DistinctBy(customer => (customer.Shop, customer.Id))
            .OrderBy(customer => customer.Shop, StringComparer.Ordinal)
            .ThenBy(customer => customer.Id, StringComparer.Ordinal)
            .ToList();
        var updated = await SavedAsync(session, _update, [.. first.Where(customer => customer.Version > 0)], cancellationToken);
        var inserted = await SavedAsync(session, _insert, [.. first.Where(customer => customer.Version == 0)], cancellationToken);
        return [.. first.Where(customer => updated.Contains((customer.Shop, customer.Id)) || inserted.Contains((customer.Shop, customer.Id)))];
    }

    /// <summary>Lets the customers go without the contact points that they had.</summary>
    public async Task ForgetAsync(SqlSession session, IReadOnlyList<Customer> customers, CancellationToken cancellationToken)
    {
        if (customers.Count > 0)
        {
            await session.LaterAsync(_forget, cancellationToken, Customers.Of(customers));
        }
    }

    /// <returns>False when one of the contact points belongs to somebody else.</returns>
    public async Task<bool> ContactsAsync(SqlSession session, IReadOnlyList<Customer> customers, CancellationToken cancellationToken)
    {
        await ForgetAsync(session, [.. customers.Where(customer => customer.Version > 0)], cancellationToken);
        var rows = customers.SelectMany(Rows).Distinct().OrderBy(row => (row.Shop, row.Channel, row.Contact).ToString(), StringComparer.Ordinal).ToList();
        return rows.Count == 0 || (await session.QueryAsync(_contacts, _ => true, cancellationToken, Contacts.Of(rows))).Count == rows.Count;
    }

    private static async Task<HashSet<(string Shop, string Id)>> SavedAsync(
        SqlSession session,
        string sql,
        List<Customer> customers,
        CancellationToken cancellationToken
    ) =>
        customers.Count == 0
            ? []
            : [.. await session.QueryAsync(sql, reader => (reader.GetString(0), reader.GetString(1)), cancellationToken, Customers.Of(customers))];

    private static IEnumerable<Row> Rows(Customer customer) =>
        customer.ContactPoints.Select(point => point.Canonical()).Select(point => new Row(customer.Shop, point.Channel, point.Value, customer.Id));

    private sealed record Row(string Shop, string Channel, string Contact, string Customer);
}
