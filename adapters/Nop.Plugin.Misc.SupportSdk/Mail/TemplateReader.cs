using System.Text.RegularExpressions;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Misc.SupportSdk.Setup;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Support.Sdk.Orders;
using Support.Sdk.Shops;
using MessageTemplate = Support.Sdk.Templates.MessageTemplate;
using ShopTemplate = Nop.Core.Domain.Messages.MessageTemplate;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>Reads what a store's message templates say, in each of its languages, and which kinds they leave to be told.</summary>
/// <remarks>
/// A notice whose template is inactive, or not for this store, is not told; a ticket's message then has the built-in text, as it has when the
/// template was deleted or has a fault.
/// </remarks>
internal sealed class TemplateReader(IMessageTemplateService templates, ILocalizationService localization, TemplateChecks checks)
{
    private const int MaxBody = 64 * 1024;

    public async Task<StoreTexts> ReadAsync(Store store, IEnumerable<Language> languages, Shop shop)
    {
        var texts = new StoreTexts { Shop = shop };
        var shown = languages
            .Where(language => !string.IsNullOrWhiteSpace(language.LanguageCulture))
            .DistinctBy(language => language.LanguageCulture.Trim(), StringComparer.OrdinalIgnoreCase)
            .ToList();
        var silent = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kind in ShopTemplates.Kinds)
        {
            var name = ShopTemplates.NameOf(kind);
            var own = await templates.GetMessageTemplatesByNameAsync(name, store.Id) ?? [];
            if (own.FirstOrDefault(template => template.IsActive) is { } template)
            {
                foreach (var language in shown)
                {
                    await AddAsync(texts, kind, template, language, store);
                }
            }
            else if (own.Count > 0 || await templates.GetMessageTemplatesByNameAsync(name) is { Count: > 0 })
            {
                silent.Add(kind);
            }
        }

        foreach (var (kind, name) in ShopTemplates.Own)
        {
            if (Tells(shop).Contains(kind, StringComparer.Ordinal) && await MailsAsync(name, store.Id))
            {
                silent.Add(kind);
                texts.Faults.Add(
                    $"{kind} would be sent twice, by the shop and by the plugin, and is left to the shop: deactivate the message template {name} under Content management > Message templates, or take {kind} out of what the plugin tells."
                );
            }
        }

        return Tells(shop).Any(silent.Contains) ? texts with { Shop = shop with { Tells = [.. Tells(shop).Where(kind => !silent.Contains(kind))] } } : texts;
    }

    private static IReadOnlyList<string> Tells(Shop shop) => shop.Tells ?? NoticeKinds.Default;

    private async Task<bool> MailsAsync(string name, int storeId) =>
        (await templates.GetMessageTemplatesByNameAsync(name, storeId) ?? []).Any(template => template.IsActive);

    private async Task AddAsync(StoreTexts texts, string kind, ShopTemplate template, Language language, Store store)
    {
        var subject = await localization.GetLocalizedAsync(template, known => known.Subject, language.Id) ?? "";
        var body = await localization.GetLocalizedAsync(template, known => known.Body, language.Id) ?? "";
        var (translated, fault) = Translate(kind, subject, body, language.LanguageCulture.Trim(), store);
        fault ??= checks.FaultOf(translated!);
        if (fault is not null)
        {
            texts.Faults.Add($"Message template {template.Name} ({language.Name}): {fault.TrimEnd('.')}. The built-in text is used until then.");
            return;
        }

        texts.Templates.Add(translated!);
    }

    private static (MessageTemplate? Template, string? Fault) Translate(string kind, string subject, string body, string culture, Store store)
    {
        if (string.IsNullOrWhiteSpace(subject) || string.IsNullOrWhiteSpace(body) || body.Length > MaxBody)
        {
            return (null, "subject and body must not be empty, nor longer than 65,536 characters");
        }

        try
        {
            var tokens = TemplateTokens.For(kind, BuiltInTexts.Of(culture), store.Url ?? "");
            var line = TemplateTranslation.OfSubject(subject, tokens);
            var text = TemplateTranslation.OfBody(body, tokens);
            var faults = line.Faults.Concat(text.Faults).Distinct(StringComparer.Ordinal).ToList();
            return faults.Count > 0
                ? (null, string.Join("; ", faults))
                : (
                    new MessageTemplate
                    {
                        Kind = kind,
                        Culture = culture,
                        Shop = StoreShops.IdOf(store.Id),
                        Subject = line.ToText(),
                        Text = text.HtmlToText(),
                        Html = $"<div style=\"{{{{ style.text }}}}\">\n{text.ToHtml()}\n</div>",
                        Origin = $"{ShopTemplates.NameOf(kind)} ({culture})",
                    },
                    null
                );
        }
        catch (RegexMatchTimeoutException)
        {
            return (null, "it is too long to be read: make it shorter");
        }
    }
}

/// <summary>What a store's templates come to.</summary>
internal sealed record StoreTexts
{
    /// <summary>The shop, without the kinds that are not told.</summary>
    public required Shop Shop { get; init; }

    /// <summary>Its texts, for the engine.</summary>
    public List<MessageTemplate> Templates { get; } = [];

    /// <summary>What a person has to mend.</summary>
    public List<string> Faults { get; } = [];
}
