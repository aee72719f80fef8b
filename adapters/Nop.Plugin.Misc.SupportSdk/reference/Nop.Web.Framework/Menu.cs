using Nop.Web.Framework.Menu;

namespace Nop.Web.Framework.Menu
{
    public interface IAdminMenu
    {
        string GetMenuItemUrl(string controllerName, string actionName);
    }

    public class AdminMenuItem
    {
        public string SystemName { get; set; }

        public string Title { get; set; }

        public string Url { get; set; }

        public string IconClass { get; set; }

        public bool Visible { get; set; } = true;

        public IList<string> PermissionNames { get; set; } = [];

        public IList<AdminMenuItem> ChildNodes { get; set; } = [];

        public virtual bool InsertBefore(string itemSystemName, AdminMenuItem newMenuItem) => throw new NotSupportedException();

        public virtual bool InsertAfter(string itemSystemName, AdminMenuItem newMenuItem) => throw new NotSupportedException();
    }
}

namespace Nop.Web.Framework.Events
{
    public abstract class BaseMenuItemCreatedEvent(IAdminMenu adminMenu)
    {
        public virtual string GetMenuItemUrl(string controllerName, string actionName) => adminMenu.GetMenuItemUrl(controllerName, actionName);
    }

    public class AdminMenuCreatedEvent(IAdminMenu adminMenu, AdminMenuItem rootMenuItem) : BaseMenuItemCreatedEvent(adminMenu)
    {
        public AdminMenuItem RootMenuItem { get; protected set; } = rootMenuItem;
    }
}
