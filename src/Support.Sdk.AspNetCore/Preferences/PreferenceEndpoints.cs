using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Support.Sdk.AspNetCore.Pages;
using Support.Sdk.Contacts;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Shops;

namespace Support.Sdk.AspNetCore.Preferences;

/// <summary>What a person is told, on which channel and in which language, behind a signed link.</summary>
/// <remarks>
/// Reading changes nothing, because mail scanners and previews open every link; only a POST does. The link in the address is what
/// allows it: no cookie and no login takes part, so another site cannot make a browser send anything that it could not send itself,
/// and a token against forged requests would protect nothing.
/// </remarks>
internal sealed class PreferenceEndpoints(ISupportLinks links, IShopDirectory shops, IContactDesk contacts, IOrderStore orders, TimeProvider time)
{
    private const int MaxBody = 16 * 1024;
    private const int MaxFields = 100;
    private const int OrdersRead = 20;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/preferences/{token}", (string token, bool? saved, HttpContext context) => New(context).ShowAsync(token, saved is true, context));
        group.MapPost("/preferences/{token}", (string token, HttpContext context) => New(context).ChangeAsync(token, context));
    }

    // The store is asked for only when a request comes, after the start has found one or has said which call is missing.
    private static PreferenceEndpoints New(HttpContext context) => ActivatorUtilities.CreateInstance<PreferenceEndpoints>(context.RequestServices);

    private async Task<IResult> ShowAsync(string token, bool isSaved, HttpContext context)
    {
        return await ViewAsync(token, context) is { } view
            ? PreferencePage.Form(view, isSaved).Answer(context)
            : BrokenLink.Page(shops, context.Request).Answer(context);
    }

    private async Task<IResult> ChangeAsync(string token, HttpContext context)
    {
        var form = await ReadAsync(context);
        if (await ViewAsync(token, context) is not { } view)
        {
            return BrokenLink.Page(shops, context.Request).Answer(context);
        }

        if (form is null)
        {
            return PreferencePage.NotUnderstood(view).Answer(context);
        }

        var answer = new PreferenceForm(form);
        if (answer.IsOneClick)
        {
            await HearAsync(view, PreferenceForm.OneClick(view, time.GetUtcNow()), context.RequestAborted);
            // RFC 8058, section 3.1: no redirect, and whoever asks is no browser.
            return PreferencePage.Unsubscribed(view).Answer(context);
        }

        if (!answer.IsComplete)
        {
            return PreferencePage.NotUnderstood(view).Answer(context);
        }

        await HearAsync(view, answer.Consents(view, time.GetUtcNow()), context.RequestAborted);
        await contacts.PreferAsync(view.Shop.Id, view.Point, answer.Preferences(view), context.RequestAborted);
        // Only to the same page: its address is the one that was asked for.
        return PagePath.SeeOther(context, $"{(context.Request.PathBase + context.Request.Path).ToUriComponent()}?saved=true");
    }

    private async Task HearAsync(PreferenceView view, IEnumerable<ConsentRecord> words, CancellationToken cancellationToken)
    {
        foreach (var word in words)
        {
            await contacts.ConsentAsync(view.Shop.Id, view.Point, word, cancellationToken);
        }
    }

    private async Task<PreferenceView?> ViewAsync(string token, HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        if (
            await links.ReadAsync(token, LinkPurpose.Preferences, cancellationToken) is not { } link
            || await shops.FindAsync(link.Shop, cancellationToken) is not { } shop
        )
        {
            return null;
        }

        var contact = await contacts.FindAsync(link.Shop, link.Contact, cancellationToken);
        var customers = (await orders.OfContactAsync(link.Shop, link.Contact, OrdersRead, cancellationToken))
            .Select(order => order.Snapshot?.Customer)
            .OfType<OrderCustomer>()
            .ToList();
        return new PreferenceView
        {
            Shop = shop,
            Link = link,
            Contact = contact,
            Channels =
            [
                .. customers
                    .SelectMany(customer => customer.ContactPoints.Select(point => point.Channel))
                    .Append(link.Contact.Channel)
                    .Distinct(StringComparer.Ordinal),
            ],
            Culture = PageLanguage.Choose(context.Request, contact.Preferences?.Culture ?? customers.FirstOrDefault()?.Culture, shop.Culture),
        };
    }

    /// <summary>The fields, or null when it is no form, or more than the page ever sends.</summary>
    private static async Task<IFormCollection?> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (!request.HasFormContentType || request.ContentLength > MaxBody)
        {
            return null;
        }

        context.LimitBody(MaxBody);
        var options = new FormOptions
        {
            ValueCountLimit = MaxFields,
            KeyLengthLimit = 100,
            ValueLengthLimit = 200,
            BufferBodyLengthLimit = MaxBody,
            MultipartBodyLengthLimit = MaxBody,
        };
        try
        {
            return await new FormFeature(request, options).ReadFormAsync(context.RequestAborted);
        }
        catch (Exception exception) when (exception is BadHttpRequestException or InvalidDataException or IOException)
        {
            return null;
        }
    }
}
