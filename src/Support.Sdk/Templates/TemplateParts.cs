using Support.Sdk.Tickets;

namespace Support.Sdk.Templates;

/// <summary>Parses and checks the parts of a template.</summary>
internal static class TemplateParts
{
    /// <summary>The parsed template, or null when <paramref name="faults"/> got a reason.</summary>
    public static NoticeTemplate? Parse(MessageTemplate template, ICollection<TemplateFault> faults)
    {
        var origin = OriginOf(template);
        if (!BuiltInTemplates.Kinds.Contains(template.Kind, StringComparer.Ordinal))
        {
            faults.Add(origin.Fault(0, 0, $"unknown kind '{template.Kind}'. Use one of: {string.Join(", ", BuiltInTemplates.Kinds)}."));
        }

        if (Language.Find(template.Culture) is not { } language)
        {
            faults.Add(origin.Fault(0, 0, $"unknown culture '{template.Culture}'. Use a name such as en or sv-SE."));
            return null;
        }

        var (subjectOrigin, textOrigin, htmlOrigin) = Origins(template);
        var subject = Part(template, template.Subject, "subject", subjectOrigin, faults);
        var text = Part(template, template.Text, "text", textOrigin, faults);
        var html = Part(template, template.Html, "HTML", htmlOrigin, faults);
        return subject is null || text is null || html is null
            ? null
            : new NoticeTemplate
            {
                Name = origin.Name,
                Language = language,
                Subject = subject,
                Text = text,
                Html = html,
            };
    }

    /// <summary>What to call a template as a whole.</summary>
    public static PartOrigin OriginOf(MessageTemplate template) => new(template.Origin ?? $"{template.Kind}.{template.Culture}");

    private static ScribanRenderer.ParsedPart? Part(MessageTemplate template, string source, string what, PartOrigin origin, ICollection<TemplateFault> faults)
    {
        if (string.IsNullOrWhiteSpace(source))
        {
            faults.Add(origin.Fault(0, 0, $"the {what} part is empty. Write one."));
            return null;
        }

        var part = ScribanRenderer.Parse(source.ReplaceLineEndings("\n"), origin, faults);
        if (part is not null)
        {
            ScribanRenderer.Lint(part, TicketNotices.All.Contains(template.Kind, StringComparer.Ordinal) ? TicketModel.Shape : NoticeModel.Shape, faults);
        }

        return part;
    }

    // In a pair of files the subject stands after its label in the first line, the text from the third line on.
    public static (PartOrigin Subject, PartOrigin Text, PartOrigin Html) Origins(MessageTemplate template)
    {
        var name = OriginOf(template).Name;
        return template.Origin is not null && name.EndsWith(TemplateFiles.TextExtension, StringComparison.OrdinalIgnoreCase)
            ? (
                new PartOrigin(name, ColumnsBefore: TemplateFiles.SubjectLabel.Length),
                new PartOrigin(name, LinesBefore: 2),
                new PartOrigin(Path.ChangeExtension(name, TemplateFiles.HtmlExtension))
            )
            : (new PartOrigin($"{name}, subject"), new PartOrigin($"{name}, text"), new PartOrigin($"{name}, HTML"));
    }
}
