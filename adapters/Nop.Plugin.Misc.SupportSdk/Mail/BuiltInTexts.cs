using System.Globalization;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Support.Sdk.Templates;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>The engine's own texts in one language, as what a token prints: Swedish where it is Swedish, English for every other.</summary>
internal sealed class BuiltInTexts
{
    private readonly Dictionary<string, MessageTemplate> _whole;

    private BuiltInTexts(string culture, string folder)
    {
        _whole = BuiltInTemplates
            .Read()
            .Where(template => string.Equals(template.Culture, culture, StringComparison.Ordinal))
            .ToDictionary(template => template.Kind, StringComparer.Ordinal);
        Parcels = new TemplateToken("Support.Parcels", Fragment(folder, "_parcels.txt"))
        {
            Html = Fragment(folder, "_parcels.html"),
            Condition = "parcels.size > 0",
            IsBlock = true,
        };
    }

    /// <summary>Carrier, number and link of each parcel.</summary>
    public TemplateToken Parcels { get; }

    public static BuiltInTexts English { get; } = new("en", "English");

    public static BuiltInTexts Swedish { get; } = new("sv", "Swedish");

    public static BuiltInTexts Of(string? culture) => ShopValues.IsSwedish(culture) ? Swedish : English;

    /// <summary>All that the engine itself would say.</summary>
    public TemplateToken Message(string kind) => new("Support.Message", _whole[kind].Text) { Html = _whole[kind].Html, IsBlock = true };

    public string Subject(string kind) => _whole[kind].Subject;

    private static string Fragment(string folder, string name)
    {
        var resource = string.Create(CultureInfo.InvariantCulture, $"Support.Sdk.Templates.{folder}.{name}");
        using var stream =
            typeof(BuiltInTemplates).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The engine was built without {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
