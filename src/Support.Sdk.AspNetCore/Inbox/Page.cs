using System.Globalization;
using Support.Sdk.Deliveries;

namespace Support.Sdk.AspNetCore.Inbox;

/// <summary>What the pages of the inbox have in common.</summary>
internal static class Page
{
    public static Html Frame(string title, Html head, Html header, Html main, string footer = "This page exists in Development only. Times are UTC.") =>
        Html.Of(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <link rel="icon" href="data:,">
            {head}<style>
            {Style.Sheet}
            </style>
            </head>
            <body>
            <header>
            {header}
            </header>
            <main>
            {main}
            </main>
            <footer>{footer}</footer>
            </body>
            </html>

            """
        );

    public static Html Time(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        var machine = utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return Html.Of($"""<time datetime="{machine}">{utc.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)}</time>""");
    }

    public static Html State(DeliveryState state) => Html.Of($"""<span class="state {Tone(state)}">{Words(state)}</span>""");

    public static string Kind(OutboundMessage message) => message.Occasion.Split('/')[0];

    private static string Tone(DeliveryState state) =>
        state switch
        {
            DeliveryState.Accepted or DeliveryState.Delivered => "good",
            DeliveryState.Retry or DeliveryState.Held or DeliveryState.InDoubt => "wait",
            DeliveryState.Bounced or DeliveryState.Rejected or DeliveryState.Failed => "bad",
            _ => "calm",
        };

    private static string Words(DeliveryState state) =>
        state switch
        {
            DeliveryState.InDoubt => "In doubt",
            DeliveryState.Retry => "To be tried again",
            _ => state.ToString(),
        };
}
