using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>All templates, parsed and checked once. Safe to read from any thread.</summary>
internal sealed class TemplateCatalog
{
    private readonly Dictionary<TemplateKey, NoticeTemplate> _templates = [];
    private readonly List<MessageTemplate> _registered = [];

    /// <exception cref="InvalidOperationException">Templates have faults; the message lists all of them.</exception>
    public TemplateCatalog(IEnumerable<MessageTemplate> templates)
    {
        var faults = new List<TemplateFault>();
        foreach (var template in BuiltInTemplates.Read())
        {
            Add(template, faults);
        }

        var registered = new HashSet<TemplateKey>();
        foreach (var template in templates)
        {
            _registered.Add(template);
            if (Add(template, faults) is { } key && !registered.Add(key))
            {
                var what = $"{key} is registered twice. Leave one of them out.";
                faults.Add(TemplateParts.OriginOf(template).Fault(0, 0, what));
            }
        }

        AsksForPastOrders = _registered.Exists(template =>
            $"{template.Subject}{template.Text}{template.Html}".Contains(PastOrders.Name, StringComparison.Ordinal)
        );
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(
                string.Join(Environment.NewLine, ["The message templates have faults:", .. faults.Select(fault => fault.ToString())])
            );
        }
    }

    /// <summary>The templates that the application brought.</summary>
    public IReadOnlyList<MessageTemplate> Registered => _registered;

    /// <summary>Whether any of them names the customer's earlier orders, which are looked up only then.</summary>
    public bool AsksForPastOrders { get; }

    /// <summary>The template in the customer's language, else in the shop's, else in English; the shop's own before the general one.</summary>
    public NoticeTemplate? Find(string kind, Shop shop, string? customerCulture)
    {
        foreach (var culture in Chain(customerCulture).Concat(Chain(shop.Culture)).Append("en"))
        {
            if (
                _templates.TryGetValue(new TemplateKey(kind, culture, shop.Id), out var own)
                || _templates.TryGetValue(new TemplateKey(kind, culture, null), out own)
            )
            {
                return own;
            }
        }

        return null;
    }

    private TemplateKey? Add(MessageTemplate template, List<TemplateFault> faults)
    {
        var before = faults.Count;
        var parts = TemplateParts.Parse(template, faults);
        if (faults.Count > before || parts is null)
        {
            return null;
        }

        var key = new TemplateKey(template.Kind, Normal(template.Culture), template.Shop);
        _templates[key] = parts;
        return key;
    }

    // sv-SE, then sv. Platforms write sv_SE as well.
    private static IEnumerable<string> Chain(string? culture)
    {
        for (var name = Normal(culture ?? ""); name.Length > 0; name = name[..Math.Max(0, name.LastIndexOf('-'))])
        {
            yield return name;
        }
    }

    private static string Normal(string culture) => culture.Trim().Replace('_', '-').ToLowerInvariant();

    private readonly record struct TemplateKey(string Kind, string Culture, string? Shop)
    {
        public override string ToString() => Shop is null ? $"the template {Kind}.{Culture}" : $"the template {Kind}.{Culture} of the shop {Shop}";
    }
}

/// <summary>A template that was parsed and found right.</summary>
internal sealed record NoticeTemplate
{
    /// <summary>What to call it in a failure.</summary>
    public required string Name { get; init; }

    public required Language Language { get; init; }

    public required ScribanRenderer.ParsedPart Subject { get; init; }

    public required ScribanRenderer.ParsedPart Text { get; init; }

    public required ScribanRenderer.ParsedPart Html { get; init; }
}
