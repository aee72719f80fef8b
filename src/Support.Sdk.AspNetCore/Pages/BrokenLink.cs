using Microsoft.AspNetCore.Http;
using Support.Sdk.Shops;

namespace Support.Sdk.AspNetCore.Pages;

/// <summary>What a link that does not work shows. It does not tell why: whoever guesses links learns nothing from it.</summary>
internal static class BrokenLink
{
    public static BrandPage Page(IShopDirectory directory, HttpRequest request)
    {
        // Only where there is one shop can a link that cannot be read be answered in its name.
        var shop = directory is OptionsShopDirectory { Shops: { Count: 1 } only } ? only.First() : null;
        var culture = PageLanguage.Choose(request, customer: null, shop?.Culture);
        var text = PageLanguage.Of(
            culture,
            "It may be incomplete, or too old. Open the link in our latest message to you. If that does not help, reply to the message: a person reads it.",
            "Den kan vara ofullständig eller för gammal. Öppna länken i vårt senaste meddelande till dig. Hjälper inte det, svara på meddelandet: en människa läser svaret."
        );
        return new BrandPage
        {
            Shop = shop,
            Culture = culture,
            Title = PageLanguage.Of(culture, "This link does not work", "Den här länken fungerar inte"),
            Main = Html.Of($"<p>{text}</p>"),
            Status = StatusCodes.Status404NotFound,
        };
    }
}
