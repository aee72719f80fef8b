using Nop.Core.Domain.Stores;

namespace Nop.Core.Domain.Localization;

public interface ILocalizedEntity { }

public class Language : BaseEntity, IStoreMappingSupported
{
    public string Name { get; set; }
    public string LanguageCulture { get; set; }
    public string UniqueSeoCode { get; set; }
    public bool Rtl { get; set; }
    public bool LimitedToStores { get; set; }
    public bool Published { get; set; }
    public int DisplayOrder { get; set; }
}

public class LocalizedProperty : BaseEntity
{
    public int EntityId { get; set; }
    public int LanguageId { get; set; }
    public string LocaleKeyGroup { get; set; }
    public string LocaleKey { get; set; }
    public string LocaleValue { get; set; }
}
