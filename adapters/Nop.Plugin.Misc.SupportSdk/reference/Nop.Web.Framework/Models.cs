namespace Nop.Web.Framework.Models;

public record BaseNopModel
{
    public Dictionary<string, string> CustomProperties { get; set; } = [];
}

public record BaseNopEntityModel : BaseNopModel
{
    public virtual int Id { get; set; }
}
