using Microsoft.AspNetCore.Http;
using Support.Sdk.AspNetCore.Forms;
using Support.Sdk.AspNetCore.Pages;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.ContactForms;

/// <summary>The contact form, as it is shown first, or again with what was typed.</summary>
internal sealed record ContactPage
{
    public required ContactTarget Target { get; init; }

    public required string Stamp { get; init; }

    public required ContentOptions Files { get; init; }

    public required ContactFormOptions Options { get; init; }

    /// <summary>What the fields hold.</summary>
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    /// <summary>How the form was sent, or null before it was.</summary>
    public FormAnswer? Answer { get; init; }

    private ContactWords Words => new(Target.Culture);

    private FormPieces Pieces => new(Target.Culture, Answer);

    public BrandPage Page()
    {
        var title = Words.Title(Target.OrderNumber);
        return new BrandPage
        {
            Shop = Target.Shop,
            Culture = Target.Culture,
            Title = title,
            WindowTitle = Answer is null ? null : $"{Words.Of("Not sent", "Inte skickat")}: {title}",
            Status = Answer is null ? StatusCodes.Status200OK : FormStatus.Of(Answer.Outcome),
            RetryAfter = Answer?.RetryAfter,
            WidgetHosts = [.. Options.WidgetHosts],
            Main = Main(),
        };
    }

    private Html Main()
    {
        var chosen = ContactKinds.Find(Fields.GetValueOrDefault(ContactFields.Kind), Target.IsAboutOrder);
        var kinds = ContactKinds.Of(Target.IsAboutOrder).Select(kind => (kind, Words.Kind(kind, Target.IsAboutOrder)));
        return Html.Of(
            $"""
            {Pieces.Summary()}<p>{Introduction()}</p>
            <form method="post" enctype="multipart/form-data" novalidate>
            {Pieces.Traps(Stamp)}{Pieces.Choice(ContactFields.Kind, Words.About, chosen, [.. kinds])}{Who()}{About()}{Line(
                ContactFields.Subject,
                Words.Subject,
                new TextField { IsOptional = true }
            )}{Pieces.LongText(FormFields.Message, Words.Message, Fields.GetValueOrDefault(FormFields.Message))}{Pieces.Files(
                Words.Files,
                Files
            )}{Widget()}<button type="submit">{Words.Send}</button>
            </form>
            """
        );
    }

    private string Introduction() =>
        Target.Link is { } link ? Words.OrderIntroduction(MaskedContact.Of(link.Contact))
        : Target.AsksWho ? Words.Introduction
        : Words.AnonymousIntroduction;

    private Html Who() =>
        Target.AsksWho
            ? Html.Of(
                $"""{Line(ContactFields.Name, Words.Name, new TextField { IsOptional = true, AutoComplete = "name" })}{Line(
                    ContactFields.Email,
                    Words.Email,
                    new TextField { Type = "email", AutoComplete = "email", Hint = Words.EmailHint }
                )}"""
            )
            : Html.Empty;

    // A product is asked for where a link named one, and shown again where it was typed.
    private Html About()
    {
        var order = Target.Link is null ? Line(ContactFields.Order, Words.Order, new TextField { IsOptional = true }) : Html.Empty;
        return string.IsNullOrEmpty(Fields.GetValueOrDefault(ContactFields.Product))
            ? order
            : Html.Of($"{order}{Line(ContactFields.Product, Words.Product, new TextField { IsOptional = true })}");
    }

    private Html Line(string field, string label, TextField how) => Pieces.Text(field, label, Fields.GetValueOrDefault(field), how);

    private Html Widget()
    {
        var fault = Pieces.Fault(FormFields.Guard);
        return Options.WidgetHtml is null && fault == Html.Empty
            ? Html.Empty
            : Html.Of($"""<div class="field" id="{FormFields.Guard}" tabindex="-1">{fault}{new Html(Options.WidgetHtml ?? "")}</div>{"\n"}""");
    }
}
