using Microsoft.Extensions.DependencyInjection;

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
}
