using DelayReplay.Figures;

namespace DelayReplay.Reports;

internal static class HtmlReport
{
    public static string Write(ReplayFigures figures, ReportData data) => figures.ToJson() + data.File;
}
