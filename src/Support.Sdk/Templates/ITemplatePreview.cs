using Support.Sdk.Deliveries;

namespace Support.Sdk.Templates;

/// <summary>Shows what templates look like, with made-up orders. Nothing is stored or sent.</summary>
/// <remarks>Messages are written by the same code as real ones: the same choice of template, the same checks.</remarks>
public interface ITemplatePreview
{
    /// <summary>Every situation that can be shown, at least one for each kind.</summary>
    IReadOnlyList<PreviewScenario> Scenarios { get; }

    /// <summary>Writes the message of a situation.</summary>
    /// <param name="scenario">One of <see cref="Scenarios"/>.</param>
    /// <param name="culture">The customer's culture, for example <c>sv-SE</c>.</param>
    /// <param name="shop">Whose templates and brand, or null for a made-up shop and the templates for all.</param>
    /// <param name="cancellationToken">Ends the reading of the shop.</param>
    /// <exception cref="ArgumentException">There is no such scenario or shop.</exception>
    ValueTask<TemplatePreview> RenderAsync(PreviewScenario scenario, string culture, string? shop = null, CancellationToken cancellationToken = default);
}

/// <summary>A situation in which a message is shown.</summary>
/// <param name="Kind">The kind; see <see cref="Orders.NoticeKinds"/>.</param>
/// <param name="Name">What is special about it, for example <c>good-news</c>.</param>
public sealed record PreviewScenario(string Kind, string Name)
{
    /// <summary>Writes <c>kind/name</c>.</summary>
    public override string ToString() => $"{Kind}/{Name}";
}

/// <summary>What came of a preview: the message, or why it would not be sent.</summary>
public sealed record TemplatePreview
{
    /// <summary>The message, or null.</summary>
    public OutboundMessage? Message { get; init; }

    /// <summary>Why there is none: the template, and which fact it leaves out or where it stops; null when there is one.</summary>
    public string? Failure { get; init; }
}
