using System.Linq.Expressions;
using Nop.Core;
using Nop.Core.Domain.Localization;

namespace Nop.Services.Localization;

public interface ILanguageService
{
    Task<IList<Language>> GetAllLanguagesAsync(bool showHidden = false, int storeId = 0);

    Task<Language> GetLanguageByIdAsync(int languageId);
}

public interface ILocalizationService
{
    Task<string> GetResourceAsync(string resourceKey);

    Task<string> GetResourceAsync(string resourceKey, int languageId, bool logIfNotFound = true, string defaultValue = "", bool returnEmptyIfNotFound = false);

    Task<Dictionary<string, KeyValuePair<int, string>>> GetAllResourceValuesAsync(int languageId, bool? loadPublicLocales);

    Task<TPropType> GetLocalizedAsync<TEntity, TPropType>(
        TEntity entity,
        Expression<Func<TEntity, TPropType>> keySelector,
        int? languageId = null,
        bool returnDefaultValue = true,
        bool ensureTwoPublishedLanguages = true
    )
        where TEntity : BaseEntity, ILocalizedEntity;

    Task<string> GetLocalizedEnumAsync<TEnum>(TEnum enumValue, int? languageId = null)
        where TEnum : struct;

    Task AddOrUpdateLocaleResourceAsync(IDictionary<string, string> resources, int? languageId = null);

    Task DeleteLocaleResourcesAsync(string resourceNamePrefix, int? languageId = null);
}

public interface ILocalizedEntityService
{
    Task SaveLocalizedValueAsync<T>(T entity, Expression<Func<T, string>> keySelector, string localeValue, int languageId)
        where T : BaseEntity, ILocalizedEntity;
}
