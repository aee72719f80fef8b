using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Misc.SupportSdk.Customers;
using Nop.Services.Localization;
using Support.Sdk.Links;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Customers;

public sealed class FormViewTests
{
    [Fact]
    public async Task Every_form_that_a_customer_writes_in_takes_files()
    {
        await using var storefront = new Storefront();
        storefront.Shop.Place();
        await storefront.SweepAsync(1);
        var number = (await storefront.WriteAsync(orderId: "1")).Key.Number;
        var token = await storefront.LinkAsync(LinkPurpose.Ticket, ticket: number);
        await using var pages = new Desk.Pages(storefront.Shop.Services.GetRequiredService<ILocalizationService>());

        foreach (
            var answer in new[]
            {
                await storefront.AskAsync<SupportContactController>(page => page.Open()),
                await storefront.AskAsync<SupportTicketsController>(page => page.Ticket(number)),
                await storefront.AskAsync<SupportTicketsController>(page => page.Linked(token)),
            }
        )
        {
            var page = await pages.RenderAsync(Assert.IsType<ViewResult>(answer));

            Assert.Contains("enctype=\"multipart/form-data\"", page, StringComparison.Ordinal);
            Assert.Contains("<input type=\"file\" id=\"Files\" name=\"Files\" multiple", page, StringComparison.Ordinal);
            Assert.Contains("At most 5 files of 5 MB each.", page, StringComparison.Ordinal);
            Assert.Contains("<textarea id=\"Message\"", page, StringComparison.Ordinal);
        }
    }
}
