using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Localization;
using Nop.Core.Events;
using Nop.Plugin.Misc.SupportSdk.Localization;
using Nop.Plugin.Misc.SupportSdk.Mail;
using Nop.Services.Localization;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Localization;

/// <summary>A language that is added to the shop, or changed, after the plugin was installed.</summary>
public sealed class LanguageNewsTests
{
    private const string Word = "plugins.misc.supportsdk.admin.menu.orders";

    [Fact]
    public async Task A_Swedish_language_that_is_added_gets_Swedish_words_and_texts()
    {
        await using var shop = await InstalledAsync("en-US");

        await AddAsync(shop, 2, "sv-SE");

        Assert.Equal("Bevakade order", Words(shop, 2)[Word]);
        Assert.Contains("Nytt datum", Body(shop, 2), StringComparison.Ordinal);
        Assert.Contains(
            "%Support.Message%",
            Words(shop, 2)[$"{TemplateInstaller.Description}Support.OrderDelayed".ToLowerInvariant()],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Every_other_language_gets_English_words_and_shows_the_templates_own_text()
    {
        await using var shop = await InstalledAsync("en-US");

        await AddAsync(shop, 2, "fr-FR");

        Assert.Equal("Watched orders", Words(shop, 2)[Word]);
        Assert.Null(Body(shop, 2));
    }

    [Fact]
    public async Task In_a_shop_that_was_Swedish_alone_every_other_language_gets_English_texts()
    {
        await using var shop = await InstalledAsync("sv-SE");

        await AddAsync(shop, 2, "en-US");

        Assert.Null(Body(shop, 1));
        Assert.Contains("New date", Body(shop, 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_owner_wrote_stays_and_only_what_is_missing_is_added()
    {
        await using var shop = await InstalledAsync("en-US");
        var template = shop.Mail.Templates.Find(template => template.Name is "Support.OrderDelayed")!;
        template.Body = "My own text.";
        shop.Mail.Localized.Add(
            new LocalizedProperty
            {
                Id = 900,
                EntityId = template.Id,
                LocaleKeyGroup = "MessageTemplate",
                LocaleKey = "Subject",
                LocaleValue = "Mitt ämne",
                LanguageId = 2,
            }
        );

        await AddAsync(shop, 2, "sv-SE");
        await ChangeAsync(shop, 2, "sv-SE");

        Assert.Equal("My own text.", template.Body);
        Assert.Equal("Mitt ämne", Assert.Single(Own(shop, 2), value => value.LocaleKey is "Subject").LocaleValue);
        Assert.Contains("Nytt datum", Assert.Single(Own(shop, 2), value => value.LocaleKey is "Body").LocaleValue, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_that_is_Swedish_alone_keeps_the_text_that_its_owner_wrote_after_an_update()
    {
        await using var shop = await InstalledAsync("sv-SE");
        shop.Mail.Templates.ForEach(template => template.Body = "Min egen text.");

        await InstallAsync(shop);

        Assert.Empty(shop.Mail.Localized);
    }

    [Fact]
    public async Task A_Swedish_language_that_came_while_nobody_listened_gets_its_texts_with_an_update()
    {
        await using var shop = await InstalledAsync("en-US");
        shop.Languages.Add(Language(2, "sv-SE"));

        await InstallAsync(shop);

        Assert.Contains("Nytt datum", Body(shop, 2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_that_the_owner_deleted_does_not_come_back_with_a_language()
    {
        await using var shop = await InstalledAsync("en-US");
        shop.Mail.Templates.RemoveAll(template => template.Name is "Support.OrderDelayed");

        await AddAsync(shop, 2, "sv-SE");

        Assert.DoesNotContain(shop.Mail.Templates, template => template.Name is "Support.OrderDelayed");
    }

    [Fact]
    public async Task A_language_whose_culture_is_corrected_has_our_words_in_it_and_keeps_the_owners()
    {
        await using var shop = await InstalledAsync("en-US");
        await AddAsync(shop, 2, "en-GB");
        Words(shop, 2)["plugins.misc.supportsdk.admin.menu.messages"] = "Mine";

        await ChangeAsync(shop, 2, "sv-SE");

        Assert.Equal("Bevakade order", Words(shop, 2)[Word]);
        Assert.Equal("Mine", Words(shop, 2)["plugins.misc.supportsdk.admin.menu.messages"]);
    }

    [Fact]
    public async Task What_fails_does_not_reach_the_request_of_the_shop()
    {
        await using var shop = await InstalledAsync("en-US");
        var words = shop.Services.GetRequiredService<ILocalizationService>();
        words.GetAllResourceValuesAsync(2, null).ThrowsAsyncForAnyArgs(new InvalidOperationException("The database is away."));

        await AddAsync(shop, 2, "sv-SE");

        Assert.Contains("Svenska 2", Assert.Single(shop.Journal.Recent).Message, StringComparison.Ordinal);
    }

    private static async Task<Shop> InstalledAsync(string culture)
    {
        var shop = new Shop();
        shop.Languages.Clear();
        shop.Languages.Add(Language(1, culture));
        await InstallAsync(shop);
        return shop;
    }

    private static Language Language(int id, string culture) =>
        new()
        {
            Id = id,
            Name = $"Svenska {id}",
            LanguageCulture = culture,
            Published = true,
        };

    private static async Task AddAsync(Shop shop, int id, string culture)
    {
        shop.Languages.Add(Language(id, culture));
        await HearAsync(shop, news => news.HandleEventAsync(new EntityInsertedEvent<Language>(shop.Languages[^1])));
    }

    private static async Task ChangeAsync(Shop shop, int id, string culture)
    {
        var language = shop.Languages.Find(language => language.Id == id)!;
        language.LanguageCulture = culture;
        await HearAsync(shop, news => news.HandleEventAsync(new EntityUpdatedEvent<Language>(language)));
    }

    private static async Task HearAsync(Shop shop, Func<LanguageNews, Task> news)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        await news(ActivatorUtilities.CreateInstance<LanguageNews>(scope.ServiceProvider));
    }

    private static Task<bool> InstallAsync(Shop shop) =>
        shop.AskAsync<IEnumerable<IInstallStep>, bool>(async steps =>
        {
            foreach (var step in steps.Where(step => step is ILanguageStep))
            {
                await step.InstallAsync();
            }

            return true;
        });

    private static Dictionary<string, string> Words(Shop shop, int languageId) => shop.Mail.WordsOf(languageId);

    private static List<LocalizedProperty> Own(Shop shop, int languageId)
    {
        var id = shop.Mail.Templates.Find(template => template.Name is "Support.OrderDelayed")!.Id;
        return shop.Mail.Localized.FindAll(value => value.EntityId == id && value.LanguageId == languageId);
    }

    private static string? Body(Shop shop, int languageId) => Own(shop, languageId).Find(value => value.LocaleKey is "Body")?.LocaleValue;
}
