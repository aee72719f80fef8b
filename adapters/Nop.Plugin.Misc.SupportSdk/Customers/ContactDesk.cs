using System.Globalization;
using Nop.Data;
using Nop.Plugin.Misc.SupportSdk.Engine;
using Support.Sdk;
using Support.Sdk.Links;
using Support.Sdk.Orders;
using Support.Sdk.Templates;
using Support.Sdk.Tickets;
using NopOrder = Nop.Core.Domain.Orders.Order;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>Whose contact form it is, and what is known already.</summary>
internal sealed record ContactTarget
{
    public required Visitor Visitor { get; init; }

    /// <summary>The shop that is written to.</summary>
    public required string Shop { get; init; }

    /// <summary>The link that the writer holds, or null.</summary>
    public SignedLink? Link { get; init; }

    /// <summary>The address of the form.</summary>
    public required string Path { get; init; }

    /// <summary>What the customer calls the order of the link, or empty.</summary>
    public string OrderNumber { get; init; } = "";

    /// <summary>The account's own orders, the newest first; empty for a guest.</summary>
    public IReadOnlyList<NopOrder> Orders { get; init; } = [];

    /// <summary>Whether a name and an address are asked for.</summary>
    public bool AsksWho => Link is null && !IsAccount;

    public bool IsAccount => Visitor.IsRegistered && !string.IsNullOrWhiteSpace(Visitor.Customer.Email);

    public string Scope =>
        Link is { } link ? $"order\n{link.Shop}\n{link.Contact.Channel}\n{link.Contact.Value}\n{link.OrderId}"
        : IsAccount ? $"contact\n{Shop}\n{CustomerTickets.Id(Visitor.Customer.Id)}"
        : $"contact\n{Shop}";
}

/// <summary>A message, or why there is none.</summary>
internal sealed record ContactDraft(InboundMessage? Message, IReadOnlyList<FieldFault> Faults);

/// <summary>Makes of what was typed in the contact form a message.</summary>
internal sealed class ContactDesk(IRepository<NopOrder> orders, Words words, TimeProvider time)
{
    /// <summary>What our forms call themselves in the inbox.</summary>
    public const string Source = "form";

    private const string Cancel = "cancel";
    private const int MaxLine = 200;
    private const int OrdersOffered = 20;

    private static readonly (string Value, TicketKind Kind)[] Kinds =
    [
        ("question", TicketKind.Question),
        ("orderProblem", TicketKind.OrderProblem),
        ("return", TicketKind.Return),
        (Cancel, TicketKind.OrderProblem),
        ("review", TicketKind.Review),
        ("other", TicketKind.Other),
    ];

    public async Task<ContactTarget> OfVisitorAsync(Visitor visitor)
    {
        var target = new ContactTarget
        {
            Visitor = visitor,
            Shop = visitor.Shop,
            Path = $"~/{Pages.Contact}",
        };
        if (!target.IsAccount)
        {
            return target;
        }

        var (customerId, storeId) = (visitor.Customer.Id, visitor.Store.Id);
        var own = orders.Table.Where(order => order.CustomerId == customerId && order.StoreId == storeId && !order.Deleted);
        return target with { Orders = await own.OrderByDescending(order => order.Id).Take(OrdersOffered).ToListAsync() };
    }

    public static async Task<ContactTarget> OfLinkAsync(SupportEngine engine, Visitor visitor, SignedLink link, CancellationToken cancellationToken) =>
        new()
        {
            Visitor = visitor,
            Shop = link.Shop,
            Link = link,
            Path = Pages.ContactByLink((await engine.SealAsync(cancellationToken)).Seal(link)),
            // What the order says is shown while it still names the holder.
            OrderNumber = PlainLine.Clean((await CustomerOrders.OfLinkAsync(engine, link, cancellationToken))?.Snapshot?.Number ?? link.OrderId),
        };

    public async Task<ContactModel> ModelAsync(ContactTarget target, ContactInput input)
    {
        var kinds = new List<Choice>();
        foreach (var (value, _) in Kinds)
        {
            kinds.Add(new Choice(value, await words.OfAsync($"Contact.Kind.{value}")));
        }

        return new ContactModel
        {
            Input = input,
            Files = await FilesAsync(input),
            Kinds = kinds,
            Orders = [.. target.Orders.Select(order => new Choice(CustomerTickets.Id(order.Id), PlainLine.Clean(order.CustomOrderNumber)))],
            AsksWho = target.AsksWho,
            AnswersTo = target is { IsAccount: true, Link: null } ? target.Visitor.Customer.Email : "",
            OrderNumber = target.OrderNumber,
        };
    }

    public async Task<ContactDraft> DraftAsync(SupportEngine engine, ContactTarget target, ContactInput input, CancellationToken cancellationToken)
    {
        var (order, isForeign) = await OrderAsync(target, input);
        var faults = await FaultsAsync(target, input, isForeign);
        if (faults.Count > 0)
        {
            return new ContactDraft(Message: null, faults);
        }

        var kind = Array.Find(Kinds, kind => string.Equals(kind.Value, input.Kind, StringComparison.Ordinal));
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (target.IsAccount && target.Link is null)
        {
            fields[CustomerTickets.Account] = CustomerTickets.Id(target.Visitor.Customer.Id);
        }

        if (order is null && target.Link is null && Typed.Line(input.Order) is { } number)
        {
            fields["orderNumber"] = number;
        }

        return new ContactDraft(
            new InboundMessage
            {
                ShopId = target.Shop,
                Source = Source,
                Channel = "form",
                From = await WriterAsync(engine, target, input, order, cancellationToken),
                Name = target.AsksWho ? Typed.Line(input.Name) : null,
                Subject = Typed.Line(input.Subject),
                Text = Typed.Text(input.Message),
                SentAt = time.GetUtcNow(),
                OrderId =
                    target.Link is { } link ? link.OrderId
                    : order is null ? null
                    : CustomerTickets.Id(order.Id),
                Kind = kind.Kind,
                Tags = string.Equals(kind.Value, Cancel, StringComparison.Ordinal) ? [TicketTags.WantsToCancel] : [],
                Fields = fields,
                Culture = target.Link is null ? target.Visitor.Culture : null,
            },
            []
        );
    }

    public async Task<string> RefusalAsync(FormOutcome outcome) => outcome == FormOutcome.Accepted ? "" : await words.OfAsync($"Form.{outcome}");

    public async Task<FieldFault> CaptchaFaultAsync() => new("captcha", await words.OfAsync("Form.Captcha"));

    // A guest may name any order: that it is theirs only the engine says, by its address.
    private async Task<(NopOrder? Order, bool IsForeign)> OrderAsync(ContactTarget target, ContactInput input)
    {
        if (target.Link is not null || Typed.Line(input.Order) is not { } typed)
        {
            return default;
        }

        if (target.IsAccount)
        {
            var own = target.Orders.FirstOrDefault(order => string.Equals(CustomerTickets.Id(order.Id), typed, StringComparison.Ordinal));
            return (own, own is null);
        }

        var storeId = target.Visitor.Store.Id;
        return typed.Length > MaxLine
            ? default
            : (await orders.Table.FirstOrDefaultAsync(order => order.CustomOrderNumber == typed && order.StoreId == storeId && !order.Deleted), false);
    }

    // About an order of the account, its customer writes as whom the order names: there the order's messages go as well.
    private static async Task<ContactPoint?> WriterAsync(
        SupportEngine engine,
        ContactTarget target,
        ContactInput input,
        NopOrder? order,
        CancellationToken cancellationToken
    )
    {
        if (target.Link is { } link)
        {
            return link.Contact;
        }

        if (!target.IsAccount)
        {
            return new ContactPoint("email", Typed.Line(input.Email)!);
        }

        return
            order is not null
            && await engine.Get<IOrderStore>().FindAsync([CustomerOrders.KeyOf(order)], cancellationToken)
                is [{ Snapshot.Customer.ContactPoints: [var named, ..] }]
            ? named
            : new ContactPoint("email", target.Visitor.Customer.Email);
    }

    private async Task<List<FieldFault>> FaultsAsync(ContactTarget target, ContactInput input, bool isForeign)
    {
        var faults = new List<FieldFault>();
        if (!Kinds.Any(kind => string.Equals(kind.Value, input.Kind, StringComparison.Ordinal)))
        {
            faults.Add(new FieldFault("Kind", await words.OfAsync("Contact.NoKind")));
        }

        var lines = new (string Field, string? Text, bool IsAsked)[]
        {
            ("Name", input.Name, target.AsksWho),
            ("Order", input.Order, target.Link is null),
            ("Subject", input.Subject, true),
        };
        foreach (var (field, _, _) in lines.Where(line => line.IsAsked && line.Text?.Length > MaxLine))
        {
            faults.Add(new FieldFault(field, await words.OfAsync("Form.AtMost", MaxLine.ToString(CultureInfo.InvariantCulture))));
        }

        if (isForeign)
        {
            faults.Add(new FieldFault("Order", await words.OfAsync("Contact.NotYours")));
        }

        if (target.AsksWho && !(Typed.Line(input.Email) is { } email && Typed.IsEmail(email)))
        {
            faults.Add(new FieldFault("Email", await words.OfAsync("Contact.BadEmail")));
        }

        if (await TextFaultAsync(input.Message) is { } text)
        {
            faults.Add(text);
        }

        if (await FileFaultAsync(input) is { } file)
        {
            faults.Add(file);
        }

        return faults;
    }

    /// <summary>The field for files of a form that is shown, for the first time or again.</summary>
    public async Task<FilesModel> FilesAsync(FormInput input) =>
        new(
            await words.OfAsync("Form.FilesHint", Text(PostedFiles.Most), Text(PostedFiles.MostMegabytes)),
            await FileFaultAsync(input) is not null,
            input.Files is { Count: > 0 }
        );

    /// <summary>Why the files of a form cannot be taken, or null.</summary>
    public async Task<FieldFault?> FileFaultAsync(FormInput input) =>
        input.Files?.Count > PostedFiles.Most ? new FieldFault("Files", await words.OfAsync("Form.TooManyFiles", Text(PostedFiles.Most)))
        : PostedFiles.TooLarge(input.Files) is { } file
            ? new FieldFault("Files", await words.OfAsync("Form.FileTooLarge", PlainLine.Clean(file.FileName), Text(PostedFiles.MostMegabytes)))
        : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What is wrong with a text, or null.</summary>
    public async Task<FieldFault?> TextFaultAsync(string? typed) =>
        string.IsNullOrWhiteSpace(Typed.Text(typed)) ? new FieldFault("Message", await words.OfAsync("Form.NoMessage"))
        : typed?.Length > InboundMessage.MaxText ? new FieldFault("Message", await words.OfAsync("Form.TooLong"))
        : null;
}
