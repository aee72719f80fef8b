using System.Globalization;
using System.Text;

namespace DelayReplay.Reports;

/// <summary>One colour of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Style">Its class in the style sheet.</param>
/// <param name="Values">One value for each bar.</param>
internal sealed record BarSeries(string Name, string Style, IReadOnlyList<long> Values);

/// <summary>One bar.</summary>
/// <param name="Name">What it stands for, in full.</param>
/// <param name="Tick">What the axis says below it, or null where the axis has no room.</param>
internal sealed record Bar(string Name, string? Tick);

/// <summary>Stacked bars as SVG, with the same numbers in a table for those who cannot see them.</summary>
internal sealed record BarChart
{
    private const int FewBars = 12;
    private const int Height = 300;
    private const int Left = 64;
    private const int Right = 12;
    private const int Top = 12;
    private const int Bottom = 58;
    private const int PlotHeight = Height - Top - Bottom;
    private const int MaxTicks = 5;

    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What the chart says, in a sentence.</summary>
    public required string Description { get; init; }

    public required string XLabel { get; init; }

    public required string YLabel { get; init; }

    public required IReadOnlyList<Bar> Bars { get; init; }

    public required IReadOnlyList<BarSeries> Series { get; init; }

    private bool IsSmall => Bars.Count <= FewBars;

    private int Width => IsSmall ? 600 : 960;

    private int PlotWidth => Width - Left - Right;

    public string Write()
    {
        var html = new StringBuilder();
        html.Append(
            CultureInfo.InvariantCulture,
            $"<figure class=\"chart\"><figcaption><h3>{Html.Text(Title)}</h3><p>{Html.Text(Description)}</p></figcaption>"
        );
        if (Bars.Count == 0)
        {
            return html.Append("<p class=\"empty\">Nothing to draw.</p></figure>").ToString();
        }

        html.Append(Legend());
        html.Append(
            CultureInfo.InvariantCulture,
            $"<div class=\"scroll\"><svg{(IsSmall ? " class=\"small\"" : "")} viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"{Id}-title\"><title id=\"{Id}-title\">"
        );
        html.Append(CultureInfo.InvariantCulture, $"{Html.Text(Title)}. {Html.Text(Description)}</title>");
        var step = NiceStep(Enumerable.Range(0, Bars.Count).Max(bar => Series.Sum(series => series.Values[bar])));
        var top = step.Size * step.Count;
        html.Append(Axes(step.Size, top)).Append(Columns(top));
        return html.Append("</svg></div>").Append(Table()).Append("</figure>").ToString();
    }

    private static (long Size, long Count) NiceStep(long highest)
    {
        for (var power = 1L; ; power *= 10)
        {
            foreach (var factor in (ReadOnlySpan<long>)[1, 2, 5])
            {
                if (highest <= factor * power * MaxTicks)
                {
                    var size = factor * power;
                    return (size, Math.Max(1, (highest + size - 1) / size));
                }
            }
        }
    }

    private string Legend()
    {
        if (Series.Count < 2)
        {
            return "";
        }

        var items = Series.Select(series => $"<li><span class=\"swatch {series.Style}\"></span>{Html.Text(series.Name)}</li>");
        return $"<ul class=\"legend\">{string.Concat(items)}</ul>";
    }

    private string Axes(long step, long top)
    {
        var svg = new StringBuilder();
        for (var value = 0L; value <= top; value += step)
        {
            var y = Y(value, top);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<line class=\"{(value == 0 ? "axis" : "grid")}\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>"
            );
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"tick\" x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{value:N0}</text>");
        }

        var slot = (double)PlotWidth / Bars.Count;
        for (var bar = 0; bar < Bars.Count; bar++)
        {
            if (Bars[bar].Tick is { } tick)
            {
                var x = Left + ((bar + 0.5) * slot);
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<text class=\"tick\" x=\"{x:0.#}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\">{Html.Text(tick)}</text>"
                );
            }
        }

        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text class=\"label\" x=\"{Left + (PlotWidth / 2)}\" y=\"{Height - 10}\" text-anchor=\"middle\">{Html.Text(XLabel)}</text>"
        );
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text class=\"label\" transform=\"translate(16 {Top + (PlotHeight / 2)}) rotate(-90)\" text-anchor=\"middle\">{Html.Text(YLabel)}</text>"
        );
        return svg.ToString();
    }

    private string Columns(long top)
    {
        var svg = new StringBuilder();
        var slot = (double)PlotWidth / Bars.Count;
        var width = Math.Clamp(slot * 0.82, 1, 44);
        for (var bar = 0; bar < Bars.Count; bar++)
        {
            var below = 0L;
            foreach (var series in Series)
            {
                var value = series.Values[bar];
                if (value == 0)
                {
                    continue;
                }

                var (y, x) = (Y(below + value, top), Left + ((bar + 0.5) * slot) - (width / 2));
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<rect class=\"{series.Style}\" x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{width:0.##}\" height=\"{Y(below, top) - y:0.##}\">"
                );
                svg.Append(CultureInfo.InvariantCulture, $"<title>{Html.Text(Bars[bar].Name)}: {value:N0} {Html.Text(series.Name)}</title></rect>");
                below += value;
            }
        }

        return svg.ToString();
    }

    private string Table()
    {
        var html = new StringBuilder("<details><summary>The numbers</summary><div class=\"scroll\"><table><thead><tr>");
        html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">{Html.Text(XLabel)}</th>");
        html.AppendJoin("", Series.Select(series => $"<th scope=\"col\" class=\"number\">{Html.Text(series.Name)}</th>")).Append("</tr></thead><tbody>");
        for (var bar = 0; bar < Bars.Count; bar++)
        {
            if (Series.All(series => series.Values[bar] == 0))
            {
                continue;
            }

            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Html.Text(Bars[bar].Name)}</th>");
            foreach (var series in Series)
            {
                html.Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{series.Values[bar]:N0}</td>");
            }

            html.Append("</tr>");
        }

        return html.Append("</tbody></table></div></details>").ToString();
    }

    private static double Y(long value, long top) => Top + (PlotHeight * (1 - ((double)value / top)));
}
