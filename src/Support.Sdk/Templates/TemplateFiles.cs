using System.Text;

namespace Support.Sdk.Templates;

/// <summary>Reads templates from pairs of files: <c>KIND.CULTURE.txt</c> with subject and text, <c>KIND.CULTURE.html</c> with the HTML.</summary>
internal static class TemplateFiles
{
    internal const string SubjectLabel = "Subject:";
    internal const string TextExtension = ".txt";
    internal const string HtmlExtension = ".html";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads every pair of a folder, in the order of their names.</summary>
    /// <returns>The templates whose files are right; the faults of the others are added to <paramref name="faults"/>.</returns>
    public static IReadOnlyList<MessageTemplate> Read(string folder, string? shop, ICollection<TemplateFault> faults)
    {
        if (!Directory.Exists(folder))
        {
            faults.Add(new PartOrigin(folder).Fault(0, 0, "there is no such folder. Create it, or correct the path."));
            return [];
        }

        var names = Directory
            .EnumerateFiles(folder)
            .Where(file => Path.GetExtension(file).ToLowerInvariant() is TextExtension or HtmlExtension)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (names.Count == 0)
        {
            faults.Add(
                new PartOrigin(folder).Fault(0, 0, "the folder has no templates. Put files such as order-delayed.sv.txt and order-delayed.sv.html into it.")
            );
        }

        return [.. names.Select(name => Read(folder, name, shop, faults)).OfType<MessageTemplate>()];
    }

    /// <summary>Parts a text file into subject and text.</summary>
    public static (string Subject, string Text)? Split(string file, PartOrigin origin, ICollection<TemplateFault> faults)
    {
        var lines = file.ReplaceLineEndings("\n").Split('\n', 3);
        if (!lines[0].StartsWith(SubjectLabel, StringComparison.Ordinal))
        {
            faults.Add(origin.Fault(0, 0, "the first line is no subject. Write Subject: and the subject."));
            return null;
        }

        if (lines.Length < 3 || !string.IsNullOrWhiteSpace(lines[1]))
        {
            faults.Add(origin.Fault(1, 0, "the second line is not empty. Leave an empty line between subject and text."));
            return null;
        }

        return (lines[0][SubjectLabel.Length..], lines[2]);
    }

    private static MessageTemplate? Read(string folder, string name, string? shop, ICollection<TemplateFault> faults)
    {
        var textFile = Path.Combine(folder, name + TextExtension);
        var htmlFile = Path.Combine(folder, name + HtmlExtension);
        var origin = new PartOrigin(File.Exists(textFile) ? textFile : htmlFile);
        if (name.Split('.') is not [var kind, var culture])
        {
            faults.Add(origin.Fault(0, 0, "the name of the file does not tell kind and culture. Call it KIND.CULTURE, for example order-delayed.sv."));
            return null;
        }

        var before = faults.Count;
        if (!BuiltInTemplates.Kinds.Contains(kind, StringComparer.Ordinal))
        {
            faults.Add(origin.Fault(0, 0, $"unknown kind '{kind}'. Call the file after one of: {string.Join(", ", BuiltInTemplates.Kinds)}."));
        }

        if (Language.Find(culture) is null)
        {
            faults.Add(origin.Fault(0, 0, $"unknown culture '{culture}'. Call the file after a culture such as en or sv-SE."));
        }

        var text = ReadText(textFile, "the text part, beginning with Subject:", faults);
        var html = ReadText(htmlFile, "the HTML part", faults);
        var parts = text is null ? null : Split(text, new PartOrigin(textFile), faults);
        return faults.Count > before
            ? null
            : new MessageTemplate
            {
                Kind = kind,
                Culture = culture,
                Shop = shop,
                Subject = parts!.Value.Subject,
                Text = parts.Value.Text,
                Html = html!,
                Origin = textFile,
            };
    }

    private static string? ReadText(string file, string what, ICollection<TemplateFault> faults)
    {
        if (!File.Exists(file))
        {
            faults.Add(new PartOrigin(file).Fault(0, 0, $"the file is missing. Write {what} there."));
            return null;
        }

        var bytes = File.ReadAllBytes(file);
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException exception)
        {
            var good = bytes.AsSpan(0, Math.Clamp(exception.Index, 0, bytes.Length));
            var line = good.Count((byte)'\n');
            var column = good.Length - (good.LastIndexOf((byte)'\n') + 1);
            faults.Add(new PartOrigin(file).Fault(line, column, "the file is not UTF-8. Save it as UTF-8."));
            return null;
        }
    }
}
