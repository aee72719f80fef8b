using Microsoft.AspNetCore.Http;
using Support.Sdk.Tickets;

namespace Nop.Plugin.Misc.SupportSdk.Customers;

/// <summary>What every form sends.</summary>
public record FormInput
{
    /// <summary>What was written.</summary>
    public string? Message { get; set; }

    /// <summary>The files that were chosen.</summary>
    public IList<IFormFile>? Files { get; set; }

    /// <summary>A field that people do not see: whoever fills it in is a robot.</summary>
    public string? Website { get; set; }

    /// <summary>The sealed moment at which the form was shown.</summary>
    public string? Stamp { get; set; }
}

/// <summary>What the contact form sends.</summary>
public sealed record ContactInput : FormInput
{
    /// <summary>What it is about.</summary>
    public string? Kind { get; set; }

    /// <summary>The writer's name.</summary>
    public string? Name { get; set; }

    /// <summary>The writer's address.</summary>
    public string? Email { get; set; }

    /// <summary>The order: its id where it was chosen, its number where it was typed.</summary>
    public string? Order { get; set; }

    /// <summary>The subject.</summary>
    public string? Subject { get; set; }
}

/// <summary>A field that cannot be taken as it is.</summary>
/// <param name="Field">Its name in the form.</param>
/// <param name="Text">What to do about it.</param>
public sealed record FieldFault(string Field, string Text);

/// <summary>The field for files.</summary>
/// <param name="Hint">How many and how large they may be.</param>
/// <param name="IsFaulty">Whether those that were chosen cannot be taken.</param>
/// <param name="AreLost">Whether they have to be chosen again.</param>
public sealed record FilesModel(string Hint, bool IsFaulty, bool AreLost);

/// <summary>A choice of a list.</summary>
/// <param name="Value">What is sent.</param>
/// <param name="Text">What is read.</param>
public sealed record Choice(string Value, string Text);

/// <summary>The contact form.</summary>
public sealed record ContactModel
{
    /// <summary>What was typed.</summary>
    public ContactInput Input { get; init; } = new();

    /// <summary>The stamp.</summary>
    public string Stamp { get; init; } = "";

    /// <summary>The field for files.</summary>
    public FilesModel Files { get; init; } = new("", IsFaulty: false, AreLost: false);

    /// <summary>What it can be about.</summary>
    public IReadOnlyList<Choice> Kinds { get; init; } = [];

    /// <summary>The orders that can be chosen; empty where the number is typed.</summary>
    public IReadOnlyList<Choice> Orders { get; init; } = [];

    /// <summary>Whether a name and an address are asked for.</summary>
    public bool AsksWho { get; init; }

    /// <summary>Where the answer goes, where that is known.</summary>
    public string AnswersTo { get; init; } = "";

    /// <summary>The order that it is about already, or empty.</summary>
    public string OrderNumber { get; init; } = "";

    /// <summary>What has to be mended.</summary>
    public IReadOnlyList<FieldFault> Faults { get; init; } = [];

    /// <summary>Why it was not taken, or empty.</summary>
    public string Refusal { get; init; } = "";

    /// <summary>Whether a message was just received.</summary>
    public bool IsSent { get; init; }

    /// <summary>Whether the shop's own question for people is asked.</summary>
    public bool AsksCaptcha { get; init; }

    /// <summary>What is wrong with a field, or null.</summary>
    public string? FaultOf(string field) => Faults.FirstOrDefault(fault => string.Equals(fault.Field, field, StringComparison.Ordinal))?.Text;
}

/// <summary>A ticket as its customer reads it.</summary>
public sealed record TicketModel
{
    /// <summary>Its number.</summary>
    public required long Number { get; init; }

    /// <summary>What it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>How it stands.</summary>
    public required string State { get; init; }

    /// <summary>When it last changed.</summary>
    public string ChangedOn { get; init; } = "";

    /// <summary>What comes next, in a sentence, or empty.</summary>
    public string Standing { get; init; } = "";

    /// <summary>The address of the page.</summary>
    public string Path { get; init; } = "";

    /// <summary>What was said.</summary>
    public IReadOnlyList<SaidModel> Said { get; init; } = [];

    /// <summary>The number after which the shown part begins, where earlier messages are not shown; else null.</summary>
    public bool HasEarlier { get; init; }

    /// <summary>The last number shown, where later messages follow; else null.</summary>
    public long? LaterAfter { get; init; }

    /// <summary>The stamp of the answer.</summary>
    public string Stamp { get; init; } = "";

    /// <summary>What was typed.</summary>
    public string Text { get; init; } = "";

    /// <summary>The field for files of the answer.</summary>
    public FilesModel Files { get; init; } = new("", IsFaulty: false, AreLost: false);

    /// <summary>Why the answer was not taken, or empty.</summary>
    public string Refusal { get; init; } = "";

    /// <summary>Whether an answer was just received.</summary>
    public bool IsSent { get; init; }

    /// <summary>The return request that it is about, or null.</summary>
    public ReturnModel? Return { get; init; }

    /// <summary>Where the page is shown: under the account, or behind a link.</summary>
    public bool IsAccount { get; init; }
}

/// <summary>Something that was said.</summary>
public sealed record SaidModel
{
    /// <summary>Its number.</summary>
    public required long Number { get; init; }

    /// <summary>Who said it.</summary>
    public required string By { get; init; }

    /// <summary>Whether the shop said it.</summary>
    public bool IsOurs { get; init; }

    /// <summary>When, for people.</summary>
    public required string At { get; init; }

    /// <summary>When, for machines.</summary>
    public required string Moment { get; init; }

    /// <summary>The words.</summary>
    public string Text { get; init; } = "";

    /// <summary>The files.</summary>
    public IReadOnlyList<FileModel> Files { get; init; } = [];
}

/// <summary>A file of a message.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
public sealed record FileModel(string Id, string Name);

/// <summary>A return request as its customer reads it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Status">How it stands, in the shop's words.</param>
/// <param name="LabelPath">Where its address label is, or empty when it is over.</param>
public sealed record ReturnModel(string Number, string Status, string LabelPath);

/// <summary>A customer's tickets, the latest first.</summary>
/// <param name="Tickets">The tickets.</param>
/// <param name="Page">The number of the page, from 1 on.</param>
/// <param name="HasOlder">Whether older ones follow.</param>
public sealed record TicketListModel(IReadOnlyList<TicketModel> Tickets, int Page, bool HasOlder);
