using System.Globalization;
using Support.Sdk.AspNetCore.Pages;

namespace Support.Sdk.AspNetCore.ContactForms;

/// <summary>The words of the contact form.</summary>
internal sealed class ContactWords(CultureInfo culture)
{
    public string Of(string english, string swedish) => PageLanguage.Of(culture, english, swedish);

    public string Title(string order) =>
        order.Length == 0 ? Of("Write to us", "Skriv till oss") : Of($"Write to us about order {order}", $"Skriv till oss om beställning {order}");

    public string Introduction => Of("A person reads what you write, and answers you.", "En människa läser det du skriver och svarar dig.");

    public string AnonymousIntroduction =>
        Of(
            "A person reads what you write. We ask for neither your name nor your address: you read the answer on a page that only you have the link to.",
            "En människa läser det du skriver. Vi frågar varken efter namn eller adress: du läser svaret på en sida som bara du har länken till."
        );

    public string OrderIntroduction(string contact) =>
        Of(
            $"A person reads what you write, and answers you at {contact}, the address of your order.",
            $"En människa läser det du skriver och svarar dig på {contact}, som är adressen i din beställning."
        );

    public string About => Of("What is it about?", "Vad gäller det?");

    public string Kind(string kind, bool isAboutOrder) =>
        kind switch
        {
            "question" => Of("A product, before I buy it", "En vara, innan jag köper den"),
            "orderProblem" when isAboutOrder => Of("Something is wrong with this order", "Något är fel med den här beställningen"),
            "orderProblem" => Of("A problem with an order", "Ett problem med en beställning"),
            "return" when isAboutOrder => Of("I want to return something", "Jag vill returnera något"),
            "return" => Of("A return", "En retur"),
            ContactKinds.Cancel => Of("I want to cancel this order", "Jag vill avbeställa"),
            "review" => Of("A review", "Ett omdöme"),
            _ => Of("Something else", "Något annat"),
        };

    public string NoKind => Of("Choose what it is about.", "Välj vad det gäller.");

    public string Name => Of("Your name", "Ditt namn");

    public string Email => Of("Your e-mail address", "Din e-postadress");

    public string EmailHint => Of("The answer comes there.", "Dit kommer svaret.");

    public string NoEmail => Of("Enter your e-mail address.", "Ange din e-postadress.");

    public string BadEmail => Of("Enter an e-mail address like name@example.com.", "Ange en e-postadress som namn@example.com.");

    public string Order => Of("Order number", "Ordernummer");

    public string Product => Of("Product", "Vara");

    public string Subject => Of("Subject", "Ämne");

    public string Message => Of("Your message", "Ditt meddelande");

    public string Files => Of("Pictures and files", "Bilder och filer");

    public string Send => Of("Send", "Skicka");
}
