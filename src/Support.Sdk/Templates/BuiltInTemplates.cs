using System.Text.RegularExpressions;
using Support.Sdk.Orders;
using Support.Sdk.Tickets;

namespace Support.Sdk.Templates;

/// <summary>The templates that come with the engine, in English and Swedish.</summary>
internal static partial class BuiltInTemplates
{
    private static readonly (string Culture, string Folder)[] Languages = [("en", "English"), ("sv", "Swedish")];

    /// <summary>Every kind that a template can be for.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. NoticeKinds.All, NoticeKinds.ShopAlert, .. TicketNotices.All];

    public static IEnumerable<MessageTemplate> Read() => Languages.SelectMany(language => Kinds.Select(kind => Read(kind, language.Culture, language.Folder)));

    private static MessageTemplate Read(string kind, string culture, string folder)
    {
        var origin = $"{kind}.{culture}{TemplateFiles.TextExtension}";
        var faults = new List<TemplateFault>();
        var parts = TemplateFiles.Split(Whole(folder, kind, TemplateFiles.TextExtension), new PartOrigin(origin), faults);
        return parts is { } found
            ? new MessageTemplate
            {
                Kind = kind,
                Culture = culture,
                Subject = found.Subject,
                Text = found.Text,
                Html = Whole(folder, kind, TemplateFiles.HtmlExtension),
                Origin = origin,
            }
            : throw new InvalidOperationException(faults[0].ToString());
    }

    // What several templates of a language share is put in before they are parsed; templates themselves include nothing.
    private static string Whole(string folder, string name, string extension) =>
        Include().Replace(Resource(folder, name, extension), match => Whole(folder, "_" + match.Groups["name"].Value, extension));

    private static string Resource(string folder, string name, string extension)
    {
        var resource = $"Support.Sdk.Templates.{folder}.{name}{extension}";
        using var stream =
            typeof(BuiltInTemplates).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly was built without its template {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^\{\{ include '(?<name>[a-z-]+)' \}\}\n", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Include();
}
