namespace Nop.Plugin.Misc.SupportSdk;

/// <summary>The names under which the shop knows the plugin.</summary>
internal static class SupportDefaults
{
    public const string SystemName = "Misc.SupportSdk";

    public const string ResourcePrefix = "Plugins.Misc.SupportSdk";

    public const string ViewFolder = "~/Plugins/Misc.SupportSdk/Views";
}
