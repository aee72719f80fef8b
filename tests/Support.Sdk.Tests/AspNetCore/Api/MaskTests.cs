using Support.Sdk.AspNetCore.Api;
using Xunit;

namespace Support.Sdk.Tests.AspNetCore.Api;

public sealed class MaskTests
{
    private static readonly Mask Ada = Mask.Of(["Ada Lovelace"], [Given.Email, new ContactPoint("sms", "+46 70-123 45 67")], ["1001", "100123456"]);

    [Theory]
    [InlineData("Ada", "A.")]
    [InlineData("Ada Lovelace", "A.")]
    [InlineData(" ada ", "a.")]
    [InlineData("Åsa", "Å.")]
    [InlineData("é́lan", "é́.")]
    [InlineData("👩‍🚀 Ada", "👩‍🚀.")]
    [InlineData("A", "…")]
    [InlineData("李", "…")]
    [InlineData("李明", "…")]
    [InlineData("", "…")]
    public void A_name_becomes_its_initial(string name, string expected) => Assert.Equal(expected, Ada.Name(name));

    [Theory]
    [InlineData("email", "ada@example.com", "a…@example.com")]
    [InlineData("email", " ada@example.com ", "a…@example.com")]
    [InlineData("email", "\"ada @ home\"@example.com", "\"…@example.com")]
    [InlineData("email", "@example.com", "…om")]
    [InlineData("sms", "+46701234567", "…67")]
    [InlineData("sms", "112", "…")]
    [InlineData("social", "ada.lovelace", "…ce")]
    [InlineData("visitor", "0123456789abcdef", "…")]
    public void A_contact_point_becomes_its_end(string channel, string value, string expected) =>
        Assert.Equal(expected, Ada.Point(new ContactPoint(channel, value)).Value);

    [Theory]
    [InlineData("I am Ada.", "I am A..")]
    [InlineData("ADA LOVELACE, Lovelace and ada", "A., L. and A.")]
    [InlineData("An adage about Canada", "An adage about Canada")]
    [InlineData("Write to ada@example.com!", "Write to a…@example.com!")]
    [InlineData("Write to <charles@example.org>, or grace@example.net", "Write to <c…@example.org>, or g…@example.net")]
    [InlineData("@home I have 3 @ 5", "@home I have 3 @ 5")]
    [InlineData("Call +46 70-123 45 67 or (0044) 20 7946 0018.", "Call …67 or (…18.")]
    [InlineData("Call 070.765.43.21", "Call …21")]
    [InlineData("Card 4111 1111 1111 1111 expires 12/29", "Card …11 expires 12/29")]
    [InlineData("It has 123456 pieces", "It has 123456 pieces")]
    [InlineData("Promised for 2026-11-13, moved 2026-11-02 09:00:00Z", "Promised for 2026-11-13, moved 2026-11-02 09:00:00Z")]
    [InlineData("since 2026-11-02T09:00:00.1234567Z", "since 2026-11-02T09:00:00.1234567Z")]
    [InlineData("2026-11-130 701 23 45", "…45")]
    [InlineData("Order 100123456 is not order 100123457", "Order 100123456 is not order …57")]
    [InlineData("١٢٣٤٥٦٧٨٩", "…٨٩")]
    [InlineData("I write from ada@exa…", "I write from …")]
    [InlineData("My address is ada@…", "My address is …")]
    [InlineData("My address is adal…", "My address is adal…")]
    [InlineData("I am Ada Lovel…", "I am …")]
    [InlineData("Call +46 70-1…", "Call …")]
    [InlineData("I love…", "I …")]
    [InlineData("", "")]
    public void A_text_keeps_its_words_and_loses_who_the_customer_is(string text, string expected) => Assert.Equal(expected, Ada.Text(text));

    [Theory]
    [InlineData("李明", "我是李明。", "我是…。")]
    [InlineData("דוד", "לדוד שלום", "ל… שלום")]
    [InlineData("Al", "Al asks about all of it", "A. asks about all of it")]
    [InlineData("Sven-Åke Öst", "Sven-Åke ÖST skrev", "S. skrev")]
    public void A_name_is_found_as_its_script_writes_it(string name, string text, string expected) =>
        Assert.Equal(expected, Mask.Of([name], [], []).Text(text));

    [Fact]
    public void Nothing_is_hidden_from_who_may_see_it()
    {
        Assert.Equal("Ada Lovelace", Mask.None.Name("Ada Lovelace"));
        Assert.Equal(Given.Email, Mask.None.Point(Given.Email));
        Assert.Equal("Call Ada, 070 123 45 67", Mask.None.Text("Call Ada, 070 123 45 67"));
    }

    [Theory]
    [InlineData('1')]
    [InlineData('@')]
    [InlineData('a')]
    [InlineData(' ')]
    [InlineData('-')]
    public void The_longest_text_is_read_in_one_pass(char character)
    {
        var text = new string(character, 100_000) + "a@" + new string('@', 1000) + string.Concat(Enumerable.Repeat("1 2-", 10_000));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Ada.Text(text);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }
}
