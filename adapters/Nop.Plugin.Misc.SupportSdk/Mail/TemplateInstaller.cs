using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Localization;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>Puts a message template for each kind into the shop, in English and, for its Swedish languages, in Swedish; and takes all of them out again.</summary>
internal sealed class TemplateInstaller(
    IMessageTemplateService templates,
    ILanguageService languages,
    ILocalizedEntityService localized,
    ILocalizationService localization,
    IRepository<LocalizedProperty> values,
    IRepository<StoreMapping> mappings,
    EmailAccountSettings accounts
) : IInstallStep
{
    /// <summary>Where the shop looks for what it shows beside a template.</summary>
    public const string Description = "Admin.ContentManagement.MessageTemplates.Description.";

    public async Task InstallAsync()
    {
        var all = await languages.GetAllLanguagesAsync(showHidden: true);
        var swedish = all.Where(IsSwedish).ToList();
        // With one language the shop reads no others.
        var isSwedish = all.Where(language => language.Published).All(IsSwedish) && swedish.Count > 0;
        foreach (var kind in ShopTemplates.Kinds)
        {
            var name = ShopTemplates.NameOf(kind);
            if (await templates.GetMessageTemplatesByNameAsync(name) is { Count: > 0 })
            {
                continue;
            }

            var template = Template(name, DefaultText.Read(kind, isSwedish ? "sv" : "en"));
            await templates.InsertMessageTemplateAsync(template);
            var text = DefaultText.Read(kind, "sv");
            foreach (var language in swedish)
            {
                await localized.SaveLocalizedValueAsync(template, known => known.Subject, text.Subject, language.Id);
                await localized.SaveLocalizedValueAsync(template, known => known.Body, text.Body, language.Id);
            }
        }

        await localization.AddOrUpdateLocaleResourceAsync(Descriptions("en"));
        foreach (var language in swedish)
        {
            await localization.AddOrUpdateLocaleResourceAsync(Descriptions("sv"), language.Id);
        }
    }

    public async Task UninstallAsync()
    {
        foreach (var name in ShopTemplates.Kinds.Select(ShopTemplates.NameOf))
        {
            foreach (var template in (await templates.GetMessageTemplatesByNameAsync(name) ?? []).ToList())
            {
                var id = template.Id;
                await values.DeleteAsync(value => value.LocaleKeyGroup == nameof(MessageTemplate) && value.EntityId == id);
                await mappings.DeleteAsync(mapping => mapping.EntityName == nameof(MessageTemplate) && mapping.EntityId == id);
                await templates.DeleteMessageTemplateAsync(template);
            }
        }

        await localization.DeleteLocaleResourcesAsync(Description + "Support.");
    }

    internal static Dictionary<string, string> Descriptions(string language)
    {
        var words = LocalizationStep.Read(language);
        return ShopTemplates.Kinds.ToDictionary(
            kind => Description + ShopTemplates.NameOf(kind),
            kind => $"{words[$"{SupportDefaults.ResourcePrefix}.Mail.Template.{kind}"]} {words[$"{SupportDefaults.ResourcePrefix}.Mail.About"]}",
            StringComparer.Ordinal
        );
    }

    private MessageTemplate Template(string name, DefaultText text) =>
        new()
        {
            Name = name,
            Subject = text.Subject,
            Body = text.Body,
            IsActive = true,
            EmailAccountId = accounts.DefaultEmailAccountId,
        };

    private static bool IsSwedish(Language language) => ShopValues.IsSwedish(language.LanguageCulture);
}

/// <summary>The text that a template of ours is installed with.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Body">The body, in HTML.</param>
internal sealed record DefaultText(string Subject, string Body)
{
    private const string Label = "Subject: ";

    /// <param name="kind">The kind.</param>
    /// <param name="language">Two letters: <c>en</c> or <c>sv</c>.</param>
    public static DefaultText Read(string kind, string language)
    {
        using var stream = typeof(DefaultText).Assembly.GetManifestResourceStream($"Mail.{kind}.{language}.html")!;
        using var reader = new StreamReader(stream);
        var parts = reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n', 2);
        return new DefaultText(parts[0][Label.Length..].Trim(), parts[1].Trim());
    }
}
