namespace Support.Sdk.AspNetCore.Inbox;

/// <summary>What a newcomer sees before the first message, and what to do next.</summary>
internal static class EmptyState
{
    public static Html Markup { get; } =
        new(
            """
            <section class="paper empty">
            <h2>No message yet</h2>
            <p>Nothing was due so far. A message appears here as soon as it is decided.</p>
            <ol>
            <li>Hand an order over wherever it changes, with the date that the customer was promised:
            <pre tabindex="0">var order = new OrderSnapshot
            {
                Key = new OrderKey("my-shop", "1001"),
                PlacedAt = time.GetUtcNow(),
                Customer = new OrderCustomer
                {
                    Name = "Ada",
                    ContactPoints = [new ContactPoint("email", "ada@example.com")],
                },
                Promise = new PromiseWindow
                {
                    DeliverBy = PromiseDate.On(new DateOnly(2026, 11, 13)),
                },
            };
            await support.AcceptAsync([order], cancellationToken);</pre></li>
            <li>Say with <code>RecordsDeliveries = true</code> that your shop knows when orders arrive. What cannot be observed is not judged.</li>
            <li>Wait. The customer is told when the promise is at risk, by default 48 hours before it ends. An order that was late already when it was first seen tells nothing.</li>
            </ol>
            <p>In the QuickStart sample, <code>dotnet run -- --demo late-order</code> does all of this and moves the clock.</p>
            <p>Nothing after that? The log names the shop that is not set up, and every decision has its reason.</p>
            </section>
            """
        );
}
