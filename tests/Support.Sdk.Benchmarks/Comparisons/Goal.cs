using System.Globalization;

namespace Support.Sdk.Benchmarks.Comparisons;

/// <summary>How a ratio must be, and should be.</summary>
internal sealed record Goal(double Must, double Aim)
{
    public bool IsMet(double ratio) => ratio >= Must;

    public string Write(double ratio) =>
        Must < 1 ? string.Create(CultureInfo.InvariantCulture, $"{ratio * 100:F0} %") : string.Create(CultureInfo.InvariantCulture, $"{ratio:F2} ×");
}
