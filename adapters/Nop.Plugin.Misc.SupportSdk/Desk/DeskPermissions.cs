namespace Nop.Plugin.Misc.SupportSdk.Desk;

/// <summary>Who may see and do what at the desk, by the names of the shop's permissions.</summary>
internal static class DeskPermissions
{
    public const string Orders = "Support.Orders";

    public const string Messages = "Support.Messages";

    public const string Tickets = "Support.Tickets";
}
