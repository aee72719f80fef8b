using System.Globalization;
using Microsoft.AspNetCore.Http;
using Support.Sdk.AspNetCore.Pages;
using Support.Sdk.Contacts;

namespace Support.Sdk.AspNetCore.Preferences;

/// <summary>The page in its three faces: the form, what a mail program gets, and what a form that makes no sense gets.</summary>
internal static class PreferencePage
{
    public static BrandPage Form(PreferenceView view, bool isSaved)
    {
        var words = new PreferenceWords(view.Culture);
        return Page(
            view,
            words.Of("What we tell you", "Det här meddelar vi dig"),
            Html.Of(
                $"""
                {Saved(words, isSaved)}{Closed(view, words)}<p>{words.Of("These choices hold for", "Valen gäller för")} <strong>{MaskedContact.Of(
                    view.Point
                )}</strong>{words.Of(" and the orders that name it.", " och de beställningar som anger den.")}</p>
                <form method="post">
                <input type="hidden" name="form" value="{PreferenceForm.Marker}">
                {Channels(view, words)}{Kinds(view, words)}{Language(view, words)}{Offers(view, words)}<button type="submit">{words.Of("Save", "Spara")}</button>
                </form>
                """
            )
        );
    }

    public static BrandPage Unsubscribed(PreferenceView view)
    {
        var words = new PreferenceWords(view.Culture);
        var text = words.Of(
            "We will send no more offers there. Messages about your orders still come.",
            "Vi skickar inga fler erbjudanden dit. Meddelanden om dina beställningar kommer fortfarande."
        );
        return Page(view, words.Of("You are unsubscribed", "Du är avanmäld"), Html.Of($"<p>{text}</p>"));
    }

    public static BrandPage NotUnderstood(PreferenceView view)
    {
        var words = new PreferenceWords(view.Culture);
        var text = words.Of("Nothing was changed. Open the link again and choose anew.", "Ingenting har ändrats. Öppna länken igen och välj på nytt.");
        return Page(view, words.Of("That was not understood", "Det gick inte att förstå"), Html.Of($"<p>{text}</p>")) with
        {
            Status = StatusCodes.Status400BadRequest,
        };
    }

    private static BrandPage Page(PreferenceView view, string title, Html main) =>
        new()
        {
            Shop = view.Shop,
            Culture = view.Culture,
            Title = title,
            Main = main,
        };

    private static Html Saved(PreferenceWords words, bool isSaved) =>
        isSaved ? Html.Of($"""<div class="note" role="status"><p>{words.Of("Your choices are saved.", "Dina val är sparade.")}</p></div>{"\n"}""") : Html.Empty;

    private static Html Closed(PreferenceView view, PreferenceWords words)
    {
        var text =
            view.Contact.Suppressed is not null || view.Contact.Health == ContactHealth.Complained
                ? words.Of(
                    "At present we send nothing there, whatever is chosen here. Write to us to change that.",
                    "Just nu skickar vi ingenting dit, vad som än väljs här. Skriv till oss för att ändra det."
                )
            : view.Contact.Health == ContactHealth.Bouncing
                ? words.Of(
                    "Our messages came back from there. Save to let us try again.",
                    "Våra meddelanden har kommit tillbaka därifrån. Spara för att låta oss försöka igen."
                )
            : null;
        return text is null ? Html.Empty : Html.Of($"""<div class="note"><p>{text}</p></div>{"\n"}""");
    }

    private static Html Channels(PreferenceView view, PreferenceWords words)
    {
        var used = view.Used;
        var boxes = view.Channels.Select(channel =>
            Box(PreferenceForm.Channel, channel, used.Contains(channel, StringComparer.Ordinal), words.Notices(channel))
        );
        var honest = words.Of(
            "Without any of these you hear nothing from us about your orders: not that one is late, nor when it comes.",
            "Utan något av dessa hör du ingenting från oss om dina beställningar: inte att en är sen, och inte när den kommer."
        );
        return Fieldset(
            words.Of("How we reach you", "Så når vi dig"),
            Html.Of($"""{Html.Join(boxes)}{First(view, words, used)}<p class="quiet">{honest}</p>""")
        );
    }

    private static Html First(PreferenceView view, PreferenceWords words, IReadOnlyList<string> used)
    {
        if (view.Channels.Count < 2)
        {
            return Html.Empty;
        }

        var first = used.Count > 0 ? used[0] : view.Channels[0];
        var options = view.Channels.Select(channel => Option(channel, words.Channel(channel), string.Equals(channel, first, StringComparison.Ordinal)));
        return Html.Of($"""<label>{words.Of("First by", "Först via")} <select name="{PreferenceForm.First}">{Html.Join(options)}</select></label>{"\n"}""");
    }

    private static Html Kinds(PreferenceView view, PreferenceWords words)
    {
        var boxes = view.Kinds.Select(kinds => Box(PreferenceForm.Kind, kinds[0], view.Wants(kinds), words.Kind(kinds[0])));
        var honest = words.Of(
            "What you switch off is not told to you when it happens. Your order goes on as it is; your rights stay the same.",
            "Det du stänger av får du inte veta när det händer. Din beställning fortsätter som vanligt, och dina rättigheter är desamma."
        );
        return Fieldset(words.Of("What we tell you", "Vad vi berättar"), Html.Of($"""{Html.Join(boxes)}<p class="quiet">{honest}</p>"""));
    }

    private static Html Language(PreferenceView view, PreferenceWords words)
    {
        var options = view
            .Languages.Select(language => Option(language, Name(language), string.Equals(language, view.Language, StringComparison.Ordinal)))
            .Prepend(Option("", words.Of("As in my order", "Som i min beställning"), view.Language is null));
        return Fieldset(
            words.Of("Language", "Språk"),
            Html.Of(
                $"""<label>{words.Of("Write to me in", "Skriv till mig på")} <select name="{PreferenceForm.Language}">{Html.Join(options)}</select></label>{"\n"}"""
            )
        );
    }

    private static Html Offers(PreferenceView view, PreferenceWords words) =>
        Fieldset(words.Of("Offers", "Erbjudanden"), Box(PreferenceForm.Offers, "yes", view.WantsOffers, words.Offers(view)));

    private static Html Fieldset(string legend, Html content) => Html.Of($"<fieldset><legend>{legend}</legend>\n{content}</fieldset>\n");

    private static Html Box(string name, string value, bool isTicked, string text) =>
        Html.Of($"""<label><input type="checkbox" name="{name}" value="{value}"{Flag(" checked", isTicked)}> {text}</label>{"\n"}""");

    private static Html Option(string value, string text, bool isChosen) =>
        Html.Of($"""<option value="{value}"{Flag(" selected", isChosen)}>{text}</option>""");

    private static Html Flag(string attribute, bool isSet) => isSet ? new Html(attribute) : Html.Empty;

    private static string Name(string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        return culture.TextInfo.ToTitleCase(culture.NativeName);
    }
}
