using System.Buffers;
using System.Globalization;
using Support.Sdk.AspNetCore.Forms;
using Support.Sdk.AspNetCore.Pages.Tickets;
using Support.Sdk.Links;
using Support.Sdk.Shops;
using Support.Sdk.Templates;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.ContactForms;

/// <summary>The contact form of a shop: for visitors, or for the holder of an order's link, whose order and address nothing typed can change.</summary>
internal sealed record ContactTarget : IFormTarget
{
    private static readonly SearchValues<char> NeverInAddresses = SearchValues.Create(" ,;:<>()[]\\\"");
    private const int MaxName = 100;

    // RFC 5321, section 4.5.3.1.3: a path of 256 octets has two angle brackets.
    private const int MaxEmail = 254;
    private const int MaxReference = 100;
    private const int MaxProduct = 200;
    private const int MaxSubject = 200;

    public required Shop Shop { get; init; }

    public required CultureInfo Culture { get; init; }

    /// <summary>What the writer's browser asks for, to write in; null when it asks for nothing.</summary>
    public string? Reads { get; init; }

    /// <summary>The link that the writer holds, or null.</summary>
    public SignedLink? Link { get; init; }

    /// <summary>What the customer calls the order of the link, or empty.</summary>
    public string OrderNumber { get; init; } = "";

    public bool IsAboutOrder => Link?.OrderId is not null;

    public bool IsAnonymous => Link is null && !Shop.Tickets.KeepsIdentity;

    /// <summary>Whether a name and an address are asked for.</summary>
    public bool AsksWho => Link is null && Shop.Tickets.KeepsIdentity;

    public bool AsksGuards => true;

    public string Scope => Link is null ? $"contact\n{Shop.Id}" : $"order\n{Shop.Id}\n{Link.Contact.Channel}\n{Link.Contact.Value}\n{Link.OrderId}";

    public FormDraft Draft(IReadOnlyDictionary<string, string> fields, bool hasFiles, DateTimeOffset now)
    {
        var typed = new TypedFields(fields);
        var faults = Faults(typed).ToList();
        if (faults.Count > 0)
        {
            return new FormDraft(Message: null, faults);
        }

        var kind = ContactKinds.Find(typed.Line(ContactFields.Kind), IsAboutOrder)!;
        var message = new InboundMessage
        {
            ShopId = Shop.Id,
            Source = VisitorLink.Source,
            Channel = "form",
            From = Link?.Contact ?? (AsksWho ? new ContactPoint("email", typed.Line(ContactFields.Email)) : null),
            Name = AsksWho ? typed.LineOrNull(ContactFields.Name) : null,
            Subject = typed.LineOrNull(ContactFields.Subject),
            Text = typed.Text(FormFields.Message),
            SentAt = now,
            OrderId = Link is null ? typed.LineOrNull(ContactFields.Order) : Link.OrderId,
            Kind = ContactKinds.Kind(kind),
            Products = typed.LineOrNull(ContactFields.Product) is { } product ? [product] : [],
            Tags = string.Equals(kind, ContactKinds.Cancel, StringComparison.Ordinal) ? [TicketTags.WantsToCancel] : [],
            Culture = Link is null ? Reads : null,
        };
        return new FormDraft(message, []);
    }

    private IEnumerable<FormFault> Faults(TypedFields typed)
    {
        var (words, general) = (new ContactWords(Culture), new FormWords(Culture));
        if (ContactKinds.Find(typed.Line(ContactFields.Kind), IsAboutOrder) is null)
        {
            yield return new FormFault(ContactFields.Kind, words.NoKind);
        }

        foreach (var (field, max) in Lengths())
        {
            if (typed.Line(field).Length > max)
            {
                yield return new FormFault(field, general.AtMost(max));
            }
        }

        if (AsksWho && EmailFault(typed.Line(ContactFields.Email), words) is { } email)
        {
            yield return new FormFault(ContactFields.Email, email);
        }

        var text = typed.Text(FormFields.Message);
        if (string.IsNullOrWhiteSpace(text) || text.Length > InboundMessage.MaxText)
        {
            yield return new FormFault(FormFields.Message, text.Length > InboundMessage.MaxText ? general.TooLong : general.NoMessage);
        }
    }

    private IEnumerable<(string Field, int Max)> Lengths()
    {
        if (AsksWho)
        {
            yield return (ContactFields.Name, MaxName);
        }

        if (Link is null)
        {
            yield return (ContactFields.Order, MaxReference);
        }

        yield return (ContactFields.Product, MaxProduct);
        yield return (ContactFields.Subject, MaxSubject);
    }

    private static string? EmailFault(string address, ContactWords words)
    {
        if (address.Length == 0)
        {
            return words.NoEmail;
        }

        // Whether it exists only a mail can tell; what is refused here is what nobody's address looks like.
        var at = address.LastIndexOf('@');
        var domain = address[(at + 1)..];
        var isAddress =
            at > 0
            && address.IndexOf('@', StringComparison.Ordinal) == at
            && address.Length <= MaxEmail
            && domain.Contains('.', StringComparison.Ordinal)
            && domain.Split('.').All(label => label.Length > 0)
            && !address.AsSpan().ContainsAny(NeverInAddresses);
        return isAddress ? null : words.BadEmail;
    }
}
