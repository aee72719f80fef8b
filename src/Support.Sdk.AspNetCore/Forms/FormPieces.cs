using System.Globalization;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Forms;

/// <summary>Writes the pieces of a form: each field with its label, its hint and its fault, tied together for screen readers.</summary>
internal sealed class FormPieces(CultureInfo culture, FormAnswer? answer)
{
    private const string FaultsId = "faults";

    private readonly FormWords _words = new(culture);

    /// <summary>Why the form is shown again, with links to the fields; it takes the focus without a script (WCAG 2.2, 3.3.1 and 4.1.3).</summary>
    public Html Summary()
    {
        if (answer is null)
        {
            return Html.Empty;
        }

        var general = answer.Outcome switch
        {
            FormOutcome.Stale => _words.Stale,
            FormOutcome.Broken => _words.Broken,
            FormOutcome.Limited => _words.Limited(answer.RetryAfter ?? TimeSpan.Zero),
            FormOutcome.Busy => _words.Busy,
            _ => null,
        };
        var items = answer.Faults.Select(fault => Html.Of($"""<li><a href="#{fault.Field}">{fault.Text}</a></li>"""));
        var inner = general is null ? Html.Of($"<h2>{_words.Problem}</h2>\n<ul>{Html.Join(items)}</ul>") : Html.Of($"<p>{general}</p>");
        return Html.Of($"""<div class="note bad" id="{FaultsId}" role="alert" tabindex="-1" autofocus>{inner}</div>{"\n"}""");
    }

    public Html Text(string name, string label, string? value, TextField field)
    {
        var fault = Fault(name);
        var hint = field.Hint is null ? Html.Empty : Html.Of($"""<p class="quiet" id="{name}-hint">{field.Hint}</p>""");
        return Html.Of(
            $"""
            <div class="field"><label for="{name}">{label}{Optional(field.IsOptional)}</label>{hint}{fault}
            <input id="{name}" name="{name}" type="{field.Type}" value="{value}" autocomplete="{field.AutoComplete}"{Required(field.IsOptional)}{Described(
                name,
                field.Hint is not null
            )}></div>

            """
        );
    }

    /// <param name="name">The name of the field.</param>
    /// <param name="label">What it is for.</param>
    /// <param name="value">What it holds.</param>
    /// <param name="isOptional">Whether something else will do instead.</param>
    public Html LongText(string name, string label, string? value, bool isOptional = false)
    {
        // The parser drops the first line break, so that one of the writer's own is kept.
        return Html.Of(
            $"""
            <div class="field"><label for="{name}">{label}</label>{Fault(name)}
            <textarea id="{name}" name="{name}" rows="6" autocomplete="off"{Required(isOptional)}{Described(
                name,
                hasHint: false
            )}>{"\n"}{value}</textarea></div>

            """
        );
    }

    /// <summary>One of several; the first one is where a fault leads.</summary>
    public Html Choice(string name, string legend, string? chosen, IReadOnlyList<(string Value, string Text)> options)
    {
        var boxes = options.Select(
            (option, index) =>
                Html.Of(
                    $"""<label><input type="radio" name="{name}" value="{option.Value}"{(index == 0 ? Html.Of($" id=\"{name}\"") : Html.Empty)}{Flag(
                        " checked",
                        string.Equals(option.Value, chosen, StringComparison.Ordinal)
                    )}> {option.Text}</label>{"\n"}"""
                )
        );
        return Html.Of(
            $"""
            <fieldset role="radiogroup"{Required(isOptional: false)}{Described(name, hasHint: false)}><legend>{legend}</legend>{Fault(name)}
            {Html.Join(boxes)}</fieldset>

            """
        );
    }

    /// <summary>The files, last among the fields: those before it are known when the first file comes.</summary>
    public Html Files(string label, ContentOptions options)
    {
        if (options.MaxFiles == 0)
        {
            return Html.Empty;
        }

        var again = answer?.LostFiles is true ? Html.Of($"""<p class="quiet"><strong>{_words.ChooseFilesAgain}</strong></p>""") : Html.Empty;
        return Html.Of(
            $"""
            <div class="field"><label for="{FormFields.Files}">{label}{Optional(isOptional: true)}</label><p class="quiet" id="{FormFields.Files}-hint">{_words.FilesHint(
                options
            )}</p>{again}{Fault(FormFields.Files)}
            <input id="{FormFields.Files}" name="{FormFields.Files}" type="file"{Flag(" multiple", options.MaxFiles > 1)}{Described(
                FormFields.Files,
                hasHint: true
            )}></div>

            """
        );
    }

    /// <summary>What people do not see: the stamp, and the field that only robots fill in. First in the form, so that they are known however long the rest is.</summary>
    public Html Traps(string stamp) =>
        Html.Of(
            $"""
            <input type="hidden" name="{FormFields.Stamp}" value="{stamp}">
            <div class="trap" aria-hidden="true"><label for="{FormFields.Trap}">{_words.TrapLabel}</label><input id="{FormFields.Trap}" name="{FormFields.Trap}" type="text" tabindex="-1" autocomplete="off"></div>

            """
        );

    public Html Fault(string name)
    {
        var texts = answer?.Faults.Where(fault => string.Equals(fault.Field, name, StringComparison.Ordinal)).Select(fault => fault.Text).ToList();
        return texts is not { Count: > 0 } ? Html.Empty : Html.Of($"""<p class="fault" id="{name}-fault">{string.Join(' ', texts)}</p>""");
    }

    private Html Described(string name, bool hasHint)
    {
        var isFaulty = answer?.Faults.Any(fault => string.Equals(fault.Field, name, StringComparison.Ordinal)) is true;
        var ids = string.Join(' ', new[] { hasHint ? $"{name}-hint" : null, isFaulty ? $"{name}-fault" : null }.Where(id => id is not null));
        var described = ids.Length == 0 ? Html.Empty : Html.Of($" aria-describedby=\"{ids}\"");
        return isFaulty ? Html.Of($"{described} aria-invalid=\"true\"") : described;
    }

    private Html Optional(bool isOptional) => isOptional ? Html.Of($""" <span class="quiet">{_words.Optional}</span>""") : Html.Empty;

    private static Html Required(bool isOptional) => isOptional ? Html.Empty : new Html(" aria-required=\"true\"");

    private static Html Flag(string attribute, bool isSet) => isSet ? new Html(attribute) : Html.Empty;
}

/// <summary>How a field of one line is written.</summary>
internal sealed record TextField
{
    public string Type { get; init; } = "text";

    public string AutoComplete { get; init; } = "off";

    public string? Hint { get; init; }

    public bool IsOptional { get; init; }
}
