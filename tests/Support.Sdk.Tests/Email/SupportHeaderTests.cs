using System.Text;
using CsCheck;
using MimeKit;
using Support.Sdk.Email;
using Xunit;

namespace Support.Sdk.Tests.Email;

public sealed class SupportHeaderTests
{
    [Theory]
    [InlineData("main/1001", "main/1001")]
    [InlineData("main/order 7 of 9", "main/order 7 of 9")]
    [InlineData("main/#1001;a=b\"<>", "main/#1001;a=b\"<>")]
    [InlineData("main/100%", "main/100%")]
    [InlineData("main/%41", "main/%2541")]
    [InlineData("main/Zoë", "main/Zo%C3%AB")]
    [InlineData("main/a\r\nBcc: x", "main/a%0D%0ABcc: x")]
    [InlineData(" a  b ", "%20a %20b%20")]
    public void Ascii_stands_as_it_is(string id, string encoded) => Assert.Equal(encoded, SupportHeader.Encode(id));

    [Fact]
    public void Decoding_gives_back_every_text() =>
        Gen.Char[" %4aA/\r\n\té茶\u2028"]
            .Array.Select(characters => new string(characters))
            .Sample(text => string.Equals(Uri.UnescapeDataString(SupportHeader.Encode(text)), text, StringComparison.Ordinal));

    [Fact]
    public void The_longest_id_of_ascii_stays_on_one_line()
    {
        var id = new string('a', 99) + "/" + string.Concat(Enumerable.Repeat("b c", 66));

        Assert.Equal($" {id}\r\n", Encoding.ASCII.GetString(SupportHeader.Create("X-Support-Order", id).RawValue));
    }

    [Fact]
    public void An_id_that_needs_several_lines_comes_back_without_their_folds()
    {
        var id = string.Concat(Enumerable.Repeat("茶 ", 150));

        var header = SupportHeader.Create("X-Support-Order", id);

        Assert.All(Encoding.ASCII.GetString(header.RawValue).Split("\r\n"), line => Assert.InRange(line.Length, 0, 990));
        Assert.Equal(id, Uri.UnescapeDataString(Unfolded(header).Replace(" ", "", StringComparison.Ordinal)));
    }

    private static string Unfolded(Header header) => Header.Unfold(Encoding.ASCII.GetString(header.RawValue)).Trim();
}
