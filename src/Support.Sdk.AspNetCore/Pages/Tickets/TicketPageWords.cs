using System.Globalization;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Pages.Tickets;

/// <summary>The words of the ticket page.</summary>
internal sealed class TicketPageWords(CultureInfo culture)
{
    public string Of(string english, string swedish) => PageLanguage.Of(culture, english, swedish);

    public string State(TicketStatus status) =>
        status switch
        {
            TicketStatus.New => Of("Received", "Mottaget"),
            TicketStatus.Open => Of("With us", "Hos oss"),
            TicketStatus.Pending => Of("Waiting for your answer", "Väntar på ditt svar"),
            TicketStatus.OnHold => Of("Waiting for somebody else", "Väntar på någon annan"),
            TicketStatus.Solved => Of("Answered", "Besvarat"),
            _ => Of("Closed", "Avslutat"),
        };

    public static string Tone(TicketStatus status) =>
        status switch
        {
            TicketStatus.Solved or TicketStatus.Closed => "state good",
            TicketStatus.Pending => "state wait",
            _ => "state",
        };

    public string Number(long number) =>
        Of(string.Create(CultureInfo.InvariantCulture, $"Number {number}"), string.Create(CultureInfo.InvariantCulture, $"Nummer {number}"));

    public string AnswerBy(string moment) => Of($"You get an answer by {moment} at the latest.", $"Du får svar senast {moment}.");

    public string Overdue(string moment) =>
        Of(
            $"We wanted to answer by {moment}, and have not. We are sorry. Your message is not forgotten.",
            $"Vi ville svara senast {moment}, och det har vi inte gjort. Vi ber om ursäkt. Ditt meddelande är inte glömt."
        );

    public string OnHold =>
        Of(
            "We wait for somebody else, such as the carrier, and come back to you.",
            "Vi väntar på någon annan, till exempel transportören, och återkommer till dig."
        );

    public string Solved => Of("It counts as settled. If you write again, it is opened again.", "Det räknas som klart. Skriver du igen öppnas det på nytt.");

    public string Closed =>
        Of(
            "It is closed. If you write again, we open a new matter that goes on from it.",
            "Det är avslutat. Skriver du igen öppnar vi ett nytt ärende som fortsätter härifrån."
        );

    public string GoesOn => Of("It is closed, and goes on in", "Det är avslutat och fortsätter i");

    public string Received => Of("We have your answer. It appears here in a moment.", "Vi har fått ditt svar. Det syns här om en stund.");

    public string LoadAgain => Of("Load the page again", "Ladda om sidan");

    public string KeepLink =>
        Of(
            "Keep the link to this page: it is the only way here, and nobody can send it to you again.",
            "Spara länken till den här sidan: den är den enda vägen hit, och ingen kan skicka den till dig igen."
        );

    public string Conversation => Of("Messages", "Meddelanden");

    public string Earlier => Of("Earlier messages, from the first", "Tidigare meddelanden, från det första");

    public string Later => Of("Later messages", "Senare meddelanden");

    public string Newest => Of("Newest messages", "Senaste meddelandena");

    public string YourAnswer => Of("Your answer", "Ditt svar");

    public string Files => Of("Pictures and files", "Bilder och filer");

    public string Send => Of("Send", "Skicka");
}
