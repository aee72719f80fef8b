using Microsoft.AspNetCore.Mvc;
using Nop.Web.Framework.Components;

// The components of the shop that the views name; they are in the shop's own web project, which the plugin is not compiled against.
namespace Nop.Web.Components
{
    public class CustomerNavigationViewComponent : NopViewComponent
    {
        public IViewComponentResult Invoke() => Content("");
    }
}

namespace Nop.Web.Areas.Admin.Components
{
    public class StoreScopeConfigurationViewComponent : NopViewComponent
    {
        public IViewComponentResult Invoke() => Content("");
    }
}
