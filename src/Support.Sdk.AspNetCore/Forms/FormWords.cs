using System.Globalization;
using Support.Sdk.AspNetCore.Pages;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Forms;

/// <summary>The words that every form has.</summary>
internal sealed class FormWords(CultureInfo culture)
{
    private const double Megabyte = 1024 * 1024;

    public string Of(string english, string swedish) => PageLanguage.Of(culture, english, swedish);

    public string NoMessage => Of("Write your message.", "Skriv ditt meddelande.");

    public string NoMessageOrFile => Of("Write your message, or choose a file.", "Skriv ditt meddelande, eller välj en fil.");

    public string TooLong =>
        Of(
            $"The text is longer than {Count(InboundMessage.MaxText)} characters. Send all of it as a file, and a summary here.",
            $"Texten är längre än {Count(InboundMessage.MaxText)} tecken. Skicka hela som en fil, och en sammanfattning här."
        );

    public string FarTooLong =>
        Of(
            $"The text is so long that it was not read. Your browser's way back still has it. At most {Count(InboundMessage.MaxText)} characters fit; send the rest as a file.",
            $"Texten är så lång att den inte lästes. Webbläsarens bakåtknapp har den kvar. Högst {Count(InboundMessage.MaxText)} tecken får plats; skicka resten som en fil."
        );

    public string TooMuch => Of("Everything together was too large to be read.", "Allt tillsammans var för stort för att läsas.");

    public string AtMost(int characters) => Of($"Use at most {Count(characters)} characters.", $"Använd högst {Count(characters)} tecken.");

    public string TooManyFiles(int max) =>
        max == 1 ? Of("Choose only one file.", "Välj bara en fil.") : Of($"Choose at most {max} files.", $"Välj högst {max} filer.");

    public string FileTooLarge(string name, long max) => Of($"“{name}” is larger than {Size(max)}.", $"”{name}” är större än {Size(max)}.");

    public string FilesHint(ContentOptions options) =>
        options.MaxFiles == 1
            ? Of($"One file of at most {Size(options.MaxBytes)}.", $"En fil på högst {Size(options.MaxBytes)}.")
            : Of($"At most {options.MaxFiles} files of {Size(options.MaxBytes)} each.", $"Högst {options.MaxFiles} filer på {Size(options.MaxBytes)} vardera.");

    public string ChooseFilesAgain => Of("Your files were not kept. Choose them again.", "Dina filer sparades inte. Välj dem igen.");

    public string Optional => Of("(optional)", "(valfritt)");

    public string Problem => Of("There is something to correct", "Något behöver rättas");

    public string Stale =>
        Of(
            "The form was open for so long that it was not sent. Look it over, then send it.",
            "Formuläret var öppet så länge att det inte skickades. Se över det och skicka det igen."
        );

    public string Broken =>
        Of("Not all of the form arrived, so nothing was sent. Send it again.", "Hela formuläret kom inte fram, så ingenting skickades. Skicka det igen.");

    public string Limited(TimeSpan pause) =>
        Of(
            $"Many messages came from your connection in a short time, so this one was not sent. Nothing you wrote is lost: send it again in {Pause(pause)}.",
            $"Många meddelanden har kommit från din anslutning på kort tid, så det här skickades inte. Inget du skrev är borta: skicka det igen om {Pause(pause)}."
        );

    public string Busy =>
        Of(
            "We could not take your message just now, so it was not sent. Nothing you wrote is lost: send it again in a moment.",
            "Vi kunde inte ta emot ditt meddelande just nu, så det skickades inte. Inget du skrev är borta: skicka det igen om en stund."
        );

    public string TrapLabel => Of("Leave this field empty", "Lämna det här fältet tomt");

    public string Size(long bytes) =>
        bytes >= Megabyte / 10 ? $"{Number(bytes / Megabyte, "0.#")} MB" : $"{Number(Math.Max(1, Math.Ceiling(bytes / 1024.0)), "0")} kB";

    private string Pause(TimeSpan pause)
    {
        var minutes = (int)Math.Ceiling(pause.TotalMinutes);
        return pause <= TimeSpan.FromSeconds(10) ? Of("a few seconds", "några sekunder")
            : minutes == 1 ? Of("a minute", "en minut")
            : Of($"{minutes} minutes", $"{minutes} minuter");
    }

    private string Count(int number) => number.ToString("#,0", Format).Replace(',', PageLanguage.IsSwedish(culture) ? '\u00a0' : ',');

    private string Number(double number, string format)
    {
        var text = number.ToString(format, Format);
        return PageLanguage.IsSwedish(culture) ? text.Replace('.', ',') : text;
    }

    // The same on every machine, whatever culture data it has.
    private static CultureInfo Format => CultureInfo.InvariantCulture;
}
