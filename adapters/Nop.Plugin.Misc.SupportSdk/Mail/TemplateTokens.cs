using System.Collections.Frozen;
using Support.Sdk.Templates;

namespace Nop.Plugin.Misc.SupportSdk.Mail;

/// <summary>What a token of the shop's message templates prints, in the words of the engine's templates.</summary>
/// <param name="Name">The name between the percent signs.</param>
/// <param name="Text">What prints it in a text.</param>
internal sealed record TemplateToken(string Name, string Text)
{
    /// <summary>What prints it in HTML.</summary>
    public string Html { get; init; } = Text;

    /// <summary>What is true when it prints something, or null when nothing can be asked of it.</summary>
    public string? Condition { get; init; }

    /// <summary>It stands for itself: several lines, which cannot be part of a subject or of a tag.</summary>
    public bool IsBlock { get; init; }

    /// <summary>It is the address of a page.</summary>
    public bool IsLink { get; init; }
}

/// <summary>The tokens that the shop's people can write into our message templates.</summary>
internal static class TemplateTokens
{
    private static readonly TemplateToken[] Both =
    [
        Value("Support.Greeting", "letter.greeting"),
        Value("Support.Apology", "letter.apology"),
        Value("Support.Closing", "letter.closing"),
        Value("Support.Signature", "brand.signature"),
        Value("Support.Contact", "brand.contact") with
        {
            Html = "{{ if brand.contact_link }}<a href=\"{{ brand.contact_link }}\">{{ brand.contact }}</a>{{ else }}{{ brand.contact }}{{ end }}",
        },
        Value("Customer.FullName", "customer.name"),
        Value("Store.Name", "brand.name"),
        Value("Store.Email", "brand.contact"),
    ];

    private static readonly TemplateToken[] Orders =
    [
        .. Both,
        Value("Order.OrderNumber", "order.number"),
        Value("Order.CreatedOn", "order.placed_date"),
        Link("Order.OrderURLForCustomer", "brand.orders_link"),
        Link("Support.StatusURL", "links.order_status"),
        Value("Support.Headline", "delay.headline"),
        Value("Support.Statement", "delay.statement"),
        Value("Support.Promise", "promise.text"),
        Value("Support.Care", "delay.care"),
        Value("Support.NewDate", "delay.new_date_text"),
        Value("Support.NextWord", "next_word.text"),
        Value("Support.Plan", "plan.text"),
        Value("Support.PlanNext", "plan.next_text"),
        Value("Support.DeliveredDate", "delivered.date"),
        Value("Support.ReportDate", "report.date"),
        Flag("Support.IsPart", "order.more_to_come"),
        Flag("Support.IsReminder", "report.is_reminder"),
        Flag("Support.IsBack", "report.is_back"),
        List("Support.Items", "items", "item.text"),
        List("Support.Options", "options.texts", "item"),
        List("Support.Report", "report.texts", "item"),
        new("Support.Reasons", "{{ for item in delay.causes -}}\n- {{ item }}\n{{ end -}}\n{{ if delay.reason_text -}}\n- {{ delay.reason_text }}\n{{ end }}")
        {
            Html =
                "{{ if delay.causes || delay.reason_text }}<ul>{{ for item in delay.causes }}<li>{{ item }}</li>{{ end }}{{ if delay.reason_text }}<li>{{ delay.reason_text }}</li>{{ end }}</ul>{{ end }}",
            Condition = "delay.causes || delay.reason_text",
            IsBlock = true,
        },
    ];

    private static readonly TemplateToken[] Tickets =
    [
        .. Both,
        Value("Ticket.Number", "ticket.number"),
        Value("Ticket.Subject", "ticket.subject"),
        Link("Ticket.URL", "ticket.link"),
        Value("Support.Answer", "answer.text"),
        Value("Support.AnswerBy", "answer.by"),
        Value("Support.Hours", "answer.hours"),
        Value("Support.Agent", "reply.agent"),
        new("Support.Reply", "{{ for paragraph in reply.paragraphs -}}\n{{ for line in paragraph.lines -}}\n{{ line }}\n{{ end }}\n\n{{ end }}")
        {
            Html = "{{ for paragraph in reply.paragraphs }}<p>{{ for line in paragraph.lines }}{{ line }}{{ if !for.last }}<br>{{ end }}{{ end }}</p>{{ end }}",
            Condition = "reply.paragraphs.size > 0",
            IsBlock = true,
        },
    ];

    /// <summary>The names that can be written into the template of a kind.</summary>
    public static IReadOnlyList<string> NamesOf(string kind) =>
        [.. Known(kind).Select(token => token.Name), .. ShopTemplates.IsTicket(kind) ? [] : (string[])["Support.Parcels"], "Support.Message", "Store.URL"];

    /// <summary>What can be written into the template of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="language">The language of what we word ourselves.</param>
    /// <param name="storeUrl">The address of the store.</param>
    public static FrozenDictionary<string, TemplateToken> For(string kind, BuiltInTexts language, string storeUrl)
    {
        var tokens = Known(kind).ToList();
        tokens.Add(
            new TemplateToken("Store.URL", TemplateTranslation.Literal(storeUrl))
            {
                Html = TemplateTranslation.Literal(HtmlText.Escape(storeUrl)),
                IsLink = true,
            }
        );
        if (!ShopTemplates.IsTicket(kind))
        {
            tokens.Add(language.Parcels);
        }

        tokens.Add(language.Message(kind));
        return tokens.ToFrozenDictionary(token => token.Name, StringComparer.OrdinalIgnoreCase);
    }

    private static TemplateToken[] Known(string kind) => ShopTemplates.IsTicket(kind) ? Tickets : Orders;

    private static TemplateToken Value(string name, string path) => new(name, $"{{{{ {path} }}}}") { Condition = path };

    private static TemplateToken Link(string name, string path) => Value(name, path) with { IsLink = true };

    // Asked only; printed, it says nothing.
    private static TemplateToken Flag(string name, string path) => new(name, "") { Condition = path };

    private static TemplateToken List(string name, string list, string item) =>
        new(name, $"{{{{ for item in {list} -}}}}\n- {{{{ {item} }}}}\n{{{{ end }}}}")
        {
            Html = $"{{{{ if {list}.size > 0 }}}}<ul>{{{{ for item in {list} }}}}<li>{{{{ {item} }}}}</li>{{{{ end }}}}</ul>{{{{ end }}}}",
            Condition = $"{list}.size > 0",
            IsBlock = true,
        };
}
