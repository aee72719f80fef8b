using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Nop.Core.Domain.Messages;
using Nop.Plugin.Misc.SupportSdk.Mail;
using Nop.Services.Messages;
using NSubstitute;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Mail;

public sealed class AllowedTokensTests
{
    [Fact]
    public async Task The_editor_of_a_template_of_ours_names_what_can_be_written_into_it()
    {
        var notice = await TokensAsync("Support.OrderDelayed");
        var reply = await TokensAsync("Support.TicketReply");

        Assert.Contains("%Support.NewDate%", notice);
        Assert.Contains("%Ticket.Number%", reply);
        Assert.DoesNotContain("%Ticket.Number%", notice);
        Assert.DoesNotContain("%Support.NewDate%", reply);
    }

    [Theory]
    [InlineData("OrderPlaced.CustomerNotification", "MessageTemplate", "5")]
    [InlineData("Support.OrderDelayed", "Campaign", "5")]
    [InlineData("Support.OrderDelayed", "MessageTemplate", "6")]
    [InlineData("Support.OrderDelayed", "MessageTemplate", null)]
    public async Task Every_other_page_of_the_shop_is_left_alone(string template, string controller, string? id)
    {
        Assert.Empty(await TokensAsync(template, controller, id));
    }

    [Fact]
    public async Task Outside_of_a_page_nothing_is_added()
    {
        var asked = new AdditionalTokensAddedEvent();

        await new AllowedTokens(new HttpContextAccessor(), Substitute.For<IMessageTemplateService>()).HandleEventAsync(asked);

        Assert.Empty(asked.AdditionalTokens);
    }

    private static async Task<IList<string>> TokensAsync(string template, string controller = "MessageTemplate", string? id = "5")
    {
        var context = new DefaultHttpContext();
        context.Request.RouteValues = new RouteValueDictionary
        {
            ["area"] = "Admin",
            ["controller"] = controller,
            ["id"] = id,
        };
        var templates = Substitute.For<IMessageTemplateService>();
        templates.GetMessageTemplateByIdAsync(0).ReturnsForAnyArgs((MessageTemplate)null!);
        templates.GetMessageTemplateByIdAsync(5).Returns(new MessageTemplate { Id = 5, Name = template });
        var asked = new AdditionalTokensAddedEvent();

        await new AllowedTokens(new HttpContextAccessor { HttpContext = context }, templates).HandleEventAsync(asked);

        return asked.AdditionalTokens;
    }
}
