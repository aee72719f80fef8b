using Support.Sdk.Shops;
using Support.Sdk.Sla;

namespace Support.Sdk.Tickets;

/// <summary>Where the shop's own people are told of a ticket, and when they work.</summary>
/// <param name="Contact">The contact point, or null when there is none.</param>
/// <param name="Hours">Their hours, or null for the shop's.</param>
internal sealed record TicketStaff(ContactPoint? Contact, BusinessHours? Hours)
{
    /// <summary>Whom a warning goes to: while there is no assignee, to the team; while there is no team, to the shop's own people.</summary>
    public static TicketStaff Of(Shop shop, Ticket ticket, SlaWarning warning) =>
        warning.To switch
        {
            SlaAudience.Contact => new TicketStaff(warning.Contact, Hours: null),
            SlaAudience.Team => Team(shop, ticket),
            _ => Agent(shop, ticket),
        };

    /// <summary>The agent of an id, or null when none is set up.</summary>
    public static SupportAgent? Find(Shop shop, string? id) =>
        shop.Tickets.Agents.FirstOrDefault(agent => string.Equals(agent.Id, id, StringComparison.Ordinal));

    /// <summary>The team of a name, or null when none is set up.</summary>
    public static SupportTeam? TeamOf(Shop shop, string? name) =>
        shop.Tickets.Teams.FirstOrDefault(team => string.Equals(team.Name, name, StringComparison.Ordinal));

    private static TicketStaff Agent(Shop shop, Ticket ticket) =>
        Find(shop, ticket.Assignee) is { Contact: { } contact } agent
            ? new TicketStaff(contact, agent.Hours ?? TeamOf(shop, agent.Team)?.Hours)
            : Team(shop, ticket);

    private static TicketStaff Team(Shop shop, Ticket ticket) =>
        TeamOf(shop, ticket.Team) is { Contact: { } contact } team ? new TicketStaff(contact, team.Hours) : new TicketStaff(shop.Staff, Hours: null);
}
