using Support.Sdk.Orders;

namespace Support.Sdk.Templates;

/// <summary>The English templates that come with the engine.</summary>
internal static class BuiltInTemplates
{
    private const string Folder = "Support.Sdk.Templates.English.";

    public static IEnumerable<MessageTemplate> Read() => NoticeKinds.All.Select(Read);

    private static MessageTemplate Read(string kind)
    {
        var origin = $"{kind}{TemplateFiles.TextExtension}";
        var faults = new List<TemplateFault>();
        var parts = TemplateFiles.Split(Resource(origin), new PartOrigin(origin), faults);
        return parts is { } found
            ? new MessageTemplate
            {
                Kind = kind,
                Culture = "en",
                Subject = found.Subject,
                Text = found.Text,
                Html = Resource($"{kind}{TemplateFiles.HtmlExtension}"),
                Origin = origin,
            }
            : throw new InvalidOperationException(faults[0].ToString());
    }

    private static string Resource(string name)
    {
        using var stream =
            typeof(BuiltInTemplates).Assembly.GetManifestResourceStream(Folder + name)
            ?? throw new InvalidOperationException($"The assembly was built without its template {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
