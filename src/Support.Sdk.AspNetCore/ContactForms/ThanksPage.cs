using System.Globalization;
using Support.Sdk.AspNetCore.Pages;
using Support.Sdk.Shops;

namespace Support.Sdk.AspNetCore.ContactForms;

/// <summary>What follows a message: that it is here, and what comes next.</summary>
internal sealed record ThanksPage
{
    public required Shop Shop { get; init; }

    public required CultureInfo Culture { get; init; }

    /// <summary>Whether a confirmation is written; null where it goes is as for other messages about the order.</summary>
    public required ThanksWay Way { get; init; }

    /// <summary>Where the answer is read by who left no address; else empty.</summary>
    public string TicketPage { get; init; } = "";

    /// <summary>The same as it can be written down, or empty.</summary>
    public string TicketAddress { get; init; } = "";

    public BrandPage Page() =>
        new()
        {
            Shop = Shop,
            Culture = Culture,
            Title = Of("We have your message", "Vi har fått ditt meddelande"),
            Main = Html.Of($"{Next()}{Keep()}"),
        };

    private Html Next()
    {
        var text = Way switch
        {
            ThanksWay.Email => Of(
                "A confirmation comes by e-mail in a few minutes, with a number and the time by which we answer. If it does not, look among unwanted mail. About the same matter you get one a day.",
                "En bekräftelse kommer via e-post om några minuter, med ett nummer och tiden då vi senast svarar. Om den inte kommer, titta bland skräpposten. I samma ärende får du en om dagen."
            ),
            ThanksWay.Order => Of(
                "A confirmation comes to you as our other messages about your order do, with a number and the time by which we answer. About the same matter you get one a day.",
                "En bekräftelse kommer till dig som våra andra meddelanden om din beställning, med ett nummer och tiden då vi senast svarar. I samma ärende får du en om dagen."
            ),
            ThanksWay.Page => Of("A person reads it. The answer comes on a page of its own.", "En människa läser det. Svaret kommer på en egen sida."),
            _ => Of(
                "A person reads it and answers you. No confirmation comes before that.",
                "En människa läser det och svarar dig. Ingen bekräftelse kommer före det."
            ),
        };
        return Html.Of($"<p>{text}</p>\n");
    }

    private Html Keep()
    {
        if (TicketPage.Length == 0)
        {
            return Html.Empty;
        }

        var keep = Of(
            "Keep this link: save it as a bookmark, or write it down. We do not know who you are, so nobody can send it to you again.",
            "Spara den här länken som ett bokmärke, eller skriv ner den. Vi vet inte vem du är, så ingen kan skicka den till dig igen."
        );
        var address = TicketAddress.Length == 0 ? Html.Empty : Html.Of($"""<p class="quiet">{TicketAddress}</p>{"\n"}""");
        return Html.Of(
            $"""
            <div class="note"><p>{keep}</p></div>
            <p><a class="button" href="{TicketPage}">{Of("The page of your message", "Sidan för ditt meddelande")}</a></p>
            {address}
            """
        );
    }

    private string Of(string english, string swedish) => PageLanguage.Of(Culture, english, swedish);
}

/// <summary>How whoever wrote hears that it arrived.</summary>
internal enum ThanksWay
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By e-mail.</summary>
    Email,

    /// <summary>Where the messages about the order go.</summary>
    Order,

    /// <summary>On the ticket's page.</summary>
    Page,
}
