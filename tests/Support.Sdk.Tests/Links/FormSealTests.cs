using Support.Sdk.Links;
using Xunit;

namespace Support.Sdk.Tests.Links;

public sealed class FormSealTests
{
    private static readonly FormSeal Seal = new(new byte[32]);

    [Fact]
    public void A_stamp_comes_back_as_it_was_given_out()
    {
        var stamp = FormSeal.Stamp(Given.Monday.AddMilliseconds(7));

        var opened = Seal.Open(Seal.Seal(stamp, "contact\nmain"), "contact\nmain")!;

        Assert.Equal((stamp.ShownAt, Convert.ToHexString(stamp.Id)), (opened.ShownAt, Convert.ToHexString(opened.Id)));
    }

    [Fact]
    public void No_two_forms_have_one_stamp() => Assert.NotEqual(FormSeal.Stamp(Given.Monday).Id, FormSeal.Stamp(Given.Monday).Id);

    [Fact]
    public void A_stamp_of_another_form_or_another_installation_is_none()
    {
        var token = Seal.Seal(FormSeal.Stamp(Given.Monday), "contact\nmain");

        Assert.Null(Seal.Open(token, "contact\nother"));
        Assert.Null(new FormSeal([.. Enumerable.Repeat((byte)1, 32)]).Open(token, "contact\nmain"));
    }

    [Fact]
    public void A_stamp_with_any_character_changed_is_none()
    {
        var token = Seal.Seal(FormSeal.Stamp(Given.Monday), "scope");

        Assert.All(Enumerable.Range(0, token.Length - 1), place => Assert.Null(Seal.Open(Changed(token, place), "scope")));
        Assert.All((string?[])[null, "", "!", token[1..], token + "AAAA", new string('A', 10_000)], bad => Assert.Null(Seal.Open(bad, "scope")));
    }

    private static string Changed(string token, int place) => $"{token[..place]}{(token[place] == 'A' ? 'B' : 'A')}{token[(place + 1)..]}";
}
