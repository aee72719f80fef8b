using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.DependencyInjection;
using Nop.Services.Localization;
using Nop.Web.Framework.Localization;

namespace Nop.Web.Framework.Extensions
{
    public static class HtmlExtensions { }
}

namespace Nop.Web.Framework.Localization
{
    public delegate LocalizedString Localizer(string text, params object[] args);

    public class LocalizedString(string localized) : HtmlString(localized)
    {
        public string Text { get; } = localized;
    }
}

namespace Nop.Web.Framework.Mvc.Razor
{
    public abstract class NopRazorPage<TModel> : RazorPage<TModel>
    {
        public Localizer T =>
            (text, args) =>
            {
                var words = Context.RequestServices.GetRequiredService<ILocalizationService>().GetResourceAsync(text).GetAwaiter().GetResult();
                return new LocalizedString(
                    string.IsNullOrEmpty(words) ? text
                    : args.Length == 0 ? words
                    : string.Format(words, args)
                );
            };
    }
}

namespace Nop.Web.Framework.UI
{
    public interface INopHtmlHelper
    {
        void AddTitleParts(string part);
        void AppendPageCssClassParts(string part);
        void SetActiveMenuItemSystemName(string systemName);
    }
}
