namespace Nop.Plugin.Misc.SupportSdk.Widgets;

/// <summary>Something that the plugin shows in a page of the shop. Register one for every zone; a zone has one component.</summary>
/// <param name="Zone">The shop's name of the place.</param>
/// <param name="Component">The view component, public for the shop.</param>
internal sealed record Widget(string Zone, Type Component);
