using Microsoft.Extensions.Logging;
using Nop.Core.Domain.Localization;
using Nop.Core.Events;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Nop.Services.Events;

namespace Nop.Plugin.Misc.SupportSdk.Localization;

/// <summary>Gives a language that was added to the shop, or whose culture was changed, the plugin's words and texts.</summary>
/// <remarks>It runs inside the shop's own request: whatever fails here is written down, and the request goes on.</remarks>
internal sealed class LanguageNews(IEnumerable<ILanguageStep> steps, EngineJournal journal)
    : IConsumer<EntityInsertedEvent<Language>>,
        IConsumer<EntityUpdatedEvent<Language>>
{
    public Task HandleEventAsync(EntityInsertedEvent<Language> eventMessage) => AddAsync(eventMessage.Entity);

    public Task HandleEventAsync(EntityUpdatedEvent<Language> eventMessage) => AddAsync(eventMessage.Entity);

    private async Task AddAsync(Language language)
    {
        try
        {
            foreach (var step in steps)
            {
                await step.AddAsync(language);
            }
        }
        catch (Exception exception)
        {
            journal.Add(LogLevel.Warning, $"The words and texts for the language {language.Name} could not be added. Save the language again.", exception);
        }
    }
}
