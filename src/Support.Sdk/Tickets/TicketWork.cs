using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.Deliveries;

namespace Support.Sdk.Tickets;

/// <summary>What the desk works with, once a store is there.</summary>
internal sealed record TicketWork(ITicketStore Tickets, TicketFinder Finder, TicketPeople People, TicketDecider Decider, IContentStore Contents)
{
    public static TicketWork Of(IServiceProvider services) =>
        new(
            services.GetRequiredService<ITicketStore>(),
            services.GetRequiredService<TicketFinder>(),
            services.GetRequiredService<TicketPeople>(),
            services.GetRequiredService<TicketDecider>(),
            services.GetRequiredService<IContentStore>()
        );

    /// <summary>The messages of those numbers, in their order; numbers of other entries are left out.</summary>
    public async Task<IReadOnlyList<TicketEntry>> MessagesAsync(TicketKey key, IReadOnlyList<long> numbers, CancellationToken cancellationToken)
    {
        var found = new List<TicketEntry>();
        foreach (var number in numbers.Distinct().Order())
        {
            var query = new TicketEntryQuery
            {
                Key = key,
                After = number - 1,
                Max = 1,
            };
            if (await Tickets.EntriesAsync(query, cancellationToken) is [var entry] && entry.Number == number && TicketMerge.IsMessage(entry))
            {
                found.Add(entry);
            }
        }

        return found;
    }

    /// <summary>The bytes of files that go with a reply.</summary>
    /// <exception cref="ArgumentException">A file is not there, or they are too large together.</exception>
    public async Task<IReadOnlyList<MessageAttachment>> LoadAsync(string shop, IReadOnlyList<ContentReference> references, CancellationToken cancellationToken)
    {
        if (references.Sum(reference => reference.Length) > MessageAttachment.MaxTotalBytes)
        {
            throw new ArgumentException($"The files hold more than {MessageAttachment.MaxTotalBytes} bytes together. Send a link instead.", nameof(references));
        }

        var loaded = new List<MessageAttachment>();
        foreach (var reference in references)
        {
            await using var stream =
                await Contents.OpenAsync(shop, reference.Id, cancellationToken)
                ?? throw new ArgumentException($"There is no file '{reference.Id}' in the content store. Save it first.", nameof(references));
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, cancellationToken);
            loaded.Add(
                new MessageAttachment
                {
                    Name = reference.Name,
                    ContentType = reference.ContentType,
                    Content = bytes.ToArray(),
                }
            );
        }

        return loaded;
    }
}
