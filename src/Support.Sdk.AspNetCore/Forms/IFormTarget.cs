using System.Globalization;
using Support.Sdk.Shops;
using Support.Sdk.Tickets;

namespace Support.Sdk.AspNetCore.Forms;

/// <summary>What a form is for: it turns what was typed into a message.</summary>
internal interface IFormTarget
{
    /// <summary>The shop that is written to.</summary>
    Shop Shop { get; }

    /// <summary>The language of the page.</summary>
    CultureInfo Culture { get; }

    /// <summary>What a stamp is bound to.</summary>
    string Scope { get; }

    /// <summary>The writer is known by a fresh token only.</summary>
    bool IsAnonymous { get; }

    /// <summary>Whether the shop's own guards are asked.</summary>
    bool AsksGuards { get; }

    /// <summary>The message, or what is wrong with the fields. A pure function.</summary>
    FormDraft Draft(IReadOnlyDictionary<string, string> fields, bool hasFiles, DateTimeOffset now);
}

/// <summary>A message, or the faults that keep it from being one.</summary>
internal sealed record FormDraft(InboundMessage? Message, IReadOnlyList<FormFault> Faults);
