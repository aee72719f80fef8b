using Microsoft.AspNetCore.Http;
using Support.Sdk.Shops;

namespace Support.Sdk.AspNetCore.Pages.Tickets;

/// <summary>The page of a ticket that is not opened yet: the message is in the inbox.</summary>
internal static class WaitingPage
{
    public static BrandPage Of(Shop shop, HttpContext context)
    {
        var culture = PageLanguage.Choose(context.Request, customer: null, shop.Culture);
        var words = new TicketPageWords(culture);
        var text = words.Of(
            "We have your message, and are filing it. In a moment it stands here.",
            "Vi har fått ditt meddelande och lägger upp det. Om en stund syns det här."
        );
        return new BrandPage
        {
            Shop = shop,
            Culture = culture,
            Title = words.Of("Your message", "Ditt meddelande"),
            Main = Html.Of($"""<p>{text} <a href="{PagePath.Of(context)}">{words.LoadAgain}</a></p><p class="quiet">{words.KeepLink}</p>"""),
        };
    }
}
