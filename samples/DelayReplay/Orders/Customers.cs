using System.Globalization;
using System.Text;

namespace DelayReplay.Orders;

/// <summary>Makes up people; all of their addresses lie in domains that are reserved for examples (RFC 2606).</summary>
internal static class Customers
{
    private static readonly string[] First =
    [
        "Anna",
        "Ben",
        "Chloé",
        "Dmitri",
        "Eleni",
        "Farid",
        "Grace",
        "Håkan",
        "Inês",
        "Jörg",
        "Kenji",
        "Lucía",
        "Mei",
        "Noor",
        "Ola",
        "Priya",
        "Quentin",
        "Rosa",
        "Søren",
        "Tariq",
        "Uma",
        "Viktor",
        "Wanjiru",
        "Xavier",
        "Yasmin",
        "Zofia",
    ];

    private static readonly string[] Last =
    [
        "Andersson",
        "Bianchi",
        "Castillo",
        "Dubois",
        "Eriksen",
        "Fischer",
        "García",
        "Haddad",
        "Ivanova",
        "Jansen",
        "Kowalska",
        "Lindqvist",
        "Müller",
        "Nakamura",
        "Okafor",
        "Papadopoulos",
        "Quinn",
        "Rossi",
        "Schäfer",
        "Tanaka",
        "Ueda",
        "Vargas",
        "Whitfield",
        "Xu",
        "Yılmaz",
        "Zamora",
    ];

    // What careless programs break on.
    private static readonly string[] Odd =
    [
        "O'Neill, Siobhán",
        "Robert \"Bob\" Tables",
        "李小龙",
        "Ünal Çelik",
        "Мария Иванова",
        "{{ customer.name }}",
        "<b>Bo</b> & Co",
        "عمر حداد",
        "Zoë 🌿 Green",
        "%Customer.Name%",
    ];

    private static readonly string[] Cultures = ["en-GB", "en-GB", "en-US", "en", "sv-SE", "de-DE", "fr-FR", "", ""];

    private static readonly string[] Domains = ["example.com", "example.org", "example.net"];

    public static string OrderId(int number) =>
        (number % 400) switch
        {
            200 => string.Create(CultureInfo.InvariantCulture, $"FF {10001 + number}"),
            399 => string.Create(CultureInfo.InvariantCulture, $"FF-Ö-{10001 + number}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"FF-{10001 + number}"),
        };

    public static string Name(int number, Dice dice) => number % 50 == 17 ? Odd[number / 50 % Odd.Length] : $"{dice.Pick(First)} {dice.Pick(Last)}";

    public static string Culture(Dice dice) => dice.Pick(Cultures);

    public static string Email(int number, string name, Dice dice)
    {
        var local = new StringBuilder();
        foreach (var character in name.Normalize(NormalizationForm.FormD).Where(char.IsAsciiLetter))
        {
            local.Append(char.ToLowerInvariant(character));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(local.Length == 0 ? "customer" : local)}.{number + 1}@{dice.Pick(Domains)}");
    }
}
