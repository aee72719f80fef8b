namespace Support.Sdk.Tickets;

/// <summary>Whose an entry is, where it is no agent's.</summary>
internal static class TicketBy
{
    public const string Customer = "customer";
    public const string Engine = "engine";

    public static bool IsReserved(string id) => id is Customer or Engine;
}
