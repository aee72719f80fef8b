using System.Runtime.InteropServices;

namespace Support.Sdk.Sla;

/// <summary>A stretch of time that does not count, for example while the customer is asked.</summary>
/// <param name="From">The beginning, included.</param>
/// <param name="To">The end, excluded; not before the beginning.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Pause(DateTimeOffset From, DateTimeOffset To);
