using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Messages;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Localization;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>Puts a message template for each kind into the shop, in English and, for its Swedish languages, in Swedish, also those that come later; and takes all of them out again.</summary>
internal sealed class TemplateInstaller(
    IMessageTemplateService templates,
    ILanguageService languages,
    ILocalizedEntityService localized,
    ILocalizationService localization,
    IRepository<LocalizedProperty> values,
    IRepository<StoreMapping> mappings,
    EmailAccountSettings accounts
) : IInstallStep, ILanguageStep
{
    /// <summary>Where the shop looks for what it shows beside a template.</summary>
    public const string Description = "Admin.ContentManagement.MessageTemplates.Description.";

    public async Task InstallAsync()
    {
        var all = await languages.GetAllLanguagesAsync(showHidden: true);
        // With one language the shop reads no others.
        var published = all.Where(language => language.Published).ToList();
        var first = published.Count > 0 && published.TrueForAll(IsSwedish) ? "sv" : "en";
        foreach (var kind in ShopTemplates.Kinds)
        {
            var name = ShopTemplates.NameOf(kind);
            if (await templates.GetMessageTemplatesByNameAsync(name) is not { Count: > 0 })
            {
                await templates.InsertMessageTemplateAsync(Template(name, DefaultText.Read(kind, first)));
            }
        }

        foreach (var language in all)
        {
            await AddAsync(language);
        }
    }

    public async Task AddAsync(Language language)
    {
        var all = await languages.GetAllLanguagesAsync(showHidden: true);
        var isFirst = all.All(known => known.Id >= language.Id);
        foreach (var kind in ShopTemplates.Kinds)
        {
            foreach (var template in await templates.GetMessageTemplatesByNameAsync(ShopTemplates.NameOf(kind)) ?? [])
            {
                if (Missing(kind, template, language, isFirst) is { } text)
                {
                    await TranslateAsync(template, text, language.Id);
                }
            }
        }

        await ShopWords.AddAsync(localization, language, Descriptions);
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

    // A language without a text of its own shows the template's own: ours in English or Swedish, or what a person wrote there, most likely in the
    // shop's first language.
    private static DefaultText? Missing(string kind, MessageTemplate template, Language language, bool isFirst)
    {
        var (english, swedish) = (DefaultText.Read(kind, "en"), DefaultText.Read(kind, "sv"));
        if (!IsSwedish(language))
        {
            return swedish.IsOf(template) ? english : null;
        }

        return english.IsOf(template) || !(swedish.IsOf(template) || isFirst) ? swedish : null;
    }

    private async Task TranslateAsync(MessageTemplate template, DefaultText text, int languageId)
    {
        var id = template.Id;
        var known = await values
            .Table.Where(value => value.LocaleKeyGroup == nameof(MessageTemplate) && value.EntityId == id && value.LanguageId == languageId)
            .Select(value => value.LocaleKey)
            .ToListAsync();
        if (!known.Contains(nameof(template.Subject), StringComparer.Ordinal))
        {
            await localized.SaveLocalizedValueAsync(template, own => own.Subject, text.Subject, languageId);
        }

        if (!known.Contains(nameof(template.Body), StringComparer.Ordinal))
        {
            await localized.SaveLocalizedValueAsync(template, own => own.Body, text.Body, languageId);
        }
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

    /// <summary>Whether a template has this body as its own, in no language.</summary>
    public bool IsOf(MessageTemplate template) => string.Equals(template.Body?.ReplaceLineEndings("\n").Trim(), Body, StringComparison.Ordinal);

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
