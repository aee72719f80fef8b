using System.Globalization;
using System.Text;
using DelayReplay.Figures;
using Support.Sdk.Deliveries;

namespace DelayReplay.Reports;

/// <summary>Writes the report: one file that needs no script and no network.</summary>
internal static class HtmlReport
{
    public static string Write(ReplayFigures figures, ReportData data)
    {
        var html = new StringBuilder();
        html.Append(
            "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        );
        html.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        html.Append("<title>Delay replay</title><style>").Append(Styles()).Append("</style></head><body>");
        html.Append(Header(figures, data)).Append("<main>");
        html.Append("<section aria-labelledby=\"charts\"><h2 id=\"charts\">Week by week</h2>");
        html.Append(ReportCharts.Alarms(data.Alarms).Write())
            .Append(ReportCharts.Lead(data.LeadDays).Write())
            .Append(ReportCharts.Notices(data.Notices).Write());
        html.Append("</section>").Append(Missed(data)).Append(Samples(data.Samples)).Append(Figures(figures));
        return html.Append("</main></body></html>\n").ToString();
    }

    private static string Styles()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Header(ReplayFigures figures, ReportData data)
    {
        var told = figures.LateOrders - data.MissedCount;
        var skipped = data.Skipped == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" · {data.Skipped:N0} bad rows left out");
        var cards = new StringBuilder();
        cards.Append(Card(Number(told) + " of " + Number(figures.LateOrders), "late orders were told before the promised day had ended"));
        cards.Append(Card(Percent(figures.Precision), "of these warnings came true; the others arrived in time after all"));
        cards.Append(Card(figures.MedianLeadDays.ToString("0.0", CultureInfo.InvariantCulture) + " days", "of warning before the promise was broken (median)"));
        cards.Append(Card(Number(figures.Duplicates), figures.Duplicates == 1 ? "mail was sent twice" : "mails were sent twice"));
        return $"<header><p class=\"eyebrow\">Delay replay</p><h1>Who was told what, when, and was it right</h1><p class=\"sub\">{Number(figures.Orders)} orders from {Html.Text(data.File)} · days of {Html.Text(data.Zone)}{skipped}</p><dl class=\"cards\">{cards}</dl></header>";
    }

    private static string Card(string value, string meaning) => $"<div><dt>{meaning}</dt><dd>{value}</dd></div>";

    private static string Missed(ReportData data)
    {
        const string Head = "<section aria-labelledby=\"missed\"><h2 id=\"missed\">Late orders not told in time</h2>";
        if (data.MissedCount == 0)
        {
            return Head + "<p class=\"good\">None: every order that became late was told before its promised day had ended.</p></section>";
        }

        var html = new StringBuilder(Head);
        html.Append(
            CultureInfo.InvariantCulture,
            $"<p>{data.MissedCount:N0} in all{(data.MissedCount > data.Missed.Count ? $"; the first {data.Missed.Count}" : "")}.</p>"
        );
        html.Append("<div class=\"scroll\"><table><thead><tr><th scope=\"col\">order</th><th scope=\"col\">placed</th><th scope=\"col\">promised by</th>");
        html.Append("<th scope=\"col\">delivered</th><th scope=\"col\">first told</th></tr></thead><tbody>");
        foreach (var order in data.Missed)
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><th scope=\"row\">{Html.Text(order.Id)}</th><td>{Time(order.PlacedAt)}</td><td>{Html.Text(order.PromisedBy)}</td>"
            );
            html.Append(CultureInfo.InvariantCulture, $"<td>{Time(order.DeliveredAt)}</td><td>{(order.ToldAt is { } told ? Time(told) : "never")}</td></tr>");
        }

        return html.Append("</tbody></table></div></section>").ToString();
    }

    private static string Samples(IReadOnlyList<MessageDelivery> samples)
    {
        var html = new StringBuilder("<section aria-labelledby=\"mails\"><h2 id=\"mails\">Mails to look at</h2><div class=\"mails\">");
        foreach (var message in samples.Select(sample => sample.Message))
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<article><h3>{Html.Text(message.Subject)}</h3><p>{Html.Text(message.Occasion)} · order {Html.Text(message.Order?.Id ?? "")} · {Time(message.DecidedAt)} UTC</p>"
            );
            html.Append(
                message.Html is { } body
                    ? $"<iframe sandbox=\"\" loading=\"lazy\" title=\"{Html.Text(message.Subject)}\" srcdoc=\"{Html.Text(body)}\"></iframe>"
                    : $"<pre>{Html.Text(message.Text)}</pre>"
            );
            html.Append("</article>");
        }

        return html.Append("</div></section>").ToString();
    }

    private static string Figures(ReplayFigures figures)
    {
        var html = new StringBuilder("<section aria-labelledby=\"figures\"><h2 id=\"figures\">Every figure</h2><div class=\"scroll\"><table>");
        html.Append("<thead><tr><th scope=\"col\">figure</th><th scope=\"col\" class=\"number\">value</th><th scope=\"col\">meaning</th></tr></thead><tbody>");
        foreach (var (name, value, meaning) in FigureWords.Of(figures))
        {
            html.Append(
                CultureInfo.InvariantCulture,
                $"<tr><th scope=\"row\"><code>{name}</code></th><td class=\"number\">{value}</td><td>{Html.Text(meaning)}</td></tr>"
            );
        }

        return html.Append("</tbody></table></div></section>").ToString();
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
