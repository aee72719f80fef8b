using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Support.Sdk.Shopify;
using Support.Sdk.Shopify.Admin;
using Support.Sdk.Shopify.Orders;
using Xunit;
using static Support.Sdk.Tests.Shopify.ShopifyOrders;

namespace Support.Sdk.Tests.Shopify;

public sealed class BulkReaderTests
{
    [Fact]
    public async Task An_order_is_put_together_from_its_lines()
    {
        var orders = await ReadAsync(Lines(Unsent("1")) + Lines(Unsent("2")));

        Assert.Equal(["gid://shopify/Order/1", "gid://shopify/Order/2"], orders.Select(order => order.Id));
        Assert.All(orders, order => Assert.Equal("Teapot - Blue", Assert.Single(order.LineItems!.Items).Name));
        Assert.All(orders, order => Assert.Equal("OPEN", Assert.Single(order.FulfillmentOrders!.Items).Status));
    }

    [Fact]
    public async Task A_file_without_lines_has_no_orders() => Assert.Empty(await ReadAsync(""));

    [Fact]
    public async Task A_line_of_something_that_was_not_asked_for_is_left_aside()
    {
        var orders = await ReadAsync(Lines(Unsent()) + """{"id":"gid://shopify/Refund/5","__parentId":"gid://shopify/Order/1"}""" + "\n");

        Assert.Single(Assert.Single(orders).LineItems!.Items);
    }

    [Fact]
    public async Task A_line_that_belongs_to_no_order_before_it_is_an_error() =>
        await Assert.ThrowsAsync<ShopifyException>(() =>
            ReadAsync(Lines(Unsent("1")) + Lines(Unsent("2")) + """{"id":"gid://shopify/LineItem/9","__parentId":"gid://shopify/Order/1"}""")
        );

    [Fact]
    public async Task A_file_that_is_cut_off_in_a_line_is_an_error() => await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(Lines(Unsent())[..^20]));

    [Fact]
    public async Task A_hundred_thousand_orders_are_read_with_few_in_memory()
    {
        const int count = 100_000;
        var seen = new Queue<WeakReference>();
        var (read, mostAlive) = (0, 0);
        await using var stream = new OrderStream(count, Lines(Unsent("ID")));

        await foreach (var order in BulkReader.ReadAsync(stream, TestContext.Current.CancellationToken))
        {
            read++;
            seen.Enqueue(new WeakReference(order));
            if (read % 20_000 == 0)
            {
                GC.Collect();
                mostAlive = Math.Max(mostAlive, seen.Count(one => one.IsAlive));
                seen.Clear();
            }
        }

        Assert.Equal(count, read);
        Assert.InRange(mostAlive, 0, 50);
        // The reader asks for a little at a time, and never for more because an order is behind it.
        Assert.InRange(stream.LargestRead, 1, 1024 * 1024);
    }

    private static async Task<List<OrderNode>> ReadAsync(string lines)
    {
        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(lines));
        return await BulkReader.ReadAsync(stream, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>An order as a bulk operation writes it: itself, then what hangs on it.</summary>
    internal static string Lines(JsonObject order)
    {
        var flat = order.DeepClone().AsObject();
        var text = new StringBuilder();
        var children = new[] { "lineItems", "fulfillmentOrders" }.SelectMany(name => order[name]!["nodes"]!.AsArray()).ToList();
        flat.Remove("lineItems");
        flat.Remove("fulfillmentOrders");
        text.Append(flat.ToJsonString()).Append('\n');
        foreach (var child in children)
        {
            var line = child!.DeepClone().AsObject();
            line["__parentId"] = (string?)order["id"];
            text.Append(line.ToJsonString()).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A file that is made while it is read.</summary>
    private sealed class OrderStream(int count, string lines) : Stream
    {
        private byte[] _order = [];
        private int _at;
        private int _made;

        public int LargestRead { get; private set; }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            LargestRead = Math.Max(LargestRead, buffer.Length);
            if (_at == _order.Length)
            {
                if (_made == count)
                {
                    return 0;
                }

                _made++;
                _order = Encoding.UTF8.GetBytes(
                    lines.Replace("ID", _made.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
                );
                _at = 0;
            }

            var length = Math.Min(buffer.Length, _order.Length - _at);
            _order.AsSpan(_at, length).CopyTo(buffer);
            _at += length;
            return length;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
