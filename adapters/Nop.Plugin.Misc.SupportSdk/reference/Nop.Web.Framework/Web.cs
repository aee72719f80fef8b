using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewComponents;
using Microsoft.AspNetCore.Routing;

namespace Nop.Web.Framework.Components
{
    public abstract class NopViewComponent : ViewComponent
    {
        public new ViewViewComponentResult View<TModel>(string viewName, TModel model) => base.View(viewName, model);
    }
}

namespace Nop.Web.Framework.Controllers
{
    public abstract class BaseController : Controller { }

    public abstract class BasePluginController : BaseController { }
}

namespace Nop.Web.Framework.Mvc.Filters
{
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
    public sealed class AuthorizeAdminAttribute(bool ignore = false) : TypeFilterAttribute(typeof(object))
    {
        public bool IgnoreFilter { get; } = ignore;
    }

    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
    public sealed class CheckAccessClosedStoreAttribute(bool ignore = false) : TypeFilterAttribute(typeof(object))
    {
        public bool IgnoreFilter { get; } = ignore;
    }

    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
    public sealed class CheckAccessPublicStoreAttribute(bool ignore = false) : TypeFilterAttribute(typeof(object))
    {
        public bool IgnoreFilter { get; } = ignore;
    }

    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    public sealed class CheckPermissionAttribute(
        string permissionSystemName,
        CheckPermissionAttribute.CheckPermissionResultType resultType = CheckPermissionAttribute.CheckPermissionResultType.Default
    ) : TypeFilterAttribute(typeof(object))
    {
        public List<string> PermissionSystemName { get; } = [permissionSystemName];

        public CheckPermissionResultType ResultType { get; } = resultType;

        public enum CheckPermissionResultType
        {
            Default,
            Html,
            Text,
            Json,
        }
    }

    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
    public sealed class ValidateCaptchaAttribute(string actionParameterName = "captchaValid") : TypeFilterAttribute(typeof(object))
    {
        public string ActionParameterName { get; } = actionParameterName;
    }
}

namespace Nop.Web.Framework.Mvc.ModelBinding
{
    [AttributeUsage(AttributeTargets.Property)]
    public sealed class NopResourceDisplayNameAttribute(string resourceKey) : DisplayNameAttribute(resourceKey)
    {
        public string ResourceKey { get; set; } = resourceKey;
    }
}

namespace Nop.Web.Framework.Mvc.Routing
{
    public interface IRouteProvider
    {
        void RegisterRoutes(IEndpointRouteBuilder endpointRouteBuilder);

        int Priority { get; }
    }
}
