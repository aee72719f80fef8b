using System.Globalization;
using Microsoft.AspNetCore.Http;
using Nop.Core.Domain.Messages;
using Nop.Services.Events;
using Nop.Services.Messages;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>Names the tokens of a template of ours in the line of allowed tokens that the shop shows in its editor.</summary>
/// <remarks>
/// The shop asks without saying for which template. Answered always, every template would offer tokens that print nothing in it: so the page that is
/// open tells, and elsewhere nothing is added.
/// </remarks>
internal sealed class AllowedTokens(IHttpContextAccessor http, IMessageTemplateService templates) : IConsumer<AdditionalTokensAddedEvent>
{
    private const string Editor = "MessageTemplate";

    public async Task HandleEventAsync(AdditionalTokensAddedEvent eventMessage)
    {
        var page = http.HttpContext?.Request.RouteValues;
        if (
            string.Equals(page?["controller"] as string, Editor, StringComparison.OrdinalIgnoreCase)
            && int.TryParse(page?["id"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && await templates.GetMessageTemplateByIdAsync(id) is { } template
            && ShopTemplates.KindOf(template.Name) is { } kind
        )
        {
            eventMessage.AddTokens([.. TemplateTokens.NamesOf(kind).Select(name => $"%{name}%")]);
        }
    }
}
