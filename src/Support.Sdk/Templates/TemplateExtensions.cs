using Support.Sdk;
using Support.Sdk.Templates;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the words of messages.</summary>
public static class TemplateExtensions
{
    /// <summary>Adds a template, or replaces the built-in one of the same kind and culture.</summary>
    /// <param name="builder">What <c>AddSupport()</c> returned.</param>
    /// <param name="template">The template; checked when the application starts.</param>
    /// <remarks>
    /// <para>
    /// These values can be printed in every kind; what does not apply is empty, and an empty value is false after <c>if</c>.
    /// Dates are written in the template's culture and the customer's zone.
    /// </para>
    /// <list type="table">
    /// <item><term><c>order</c></term><description><c>number</c>, <c>placed_date</c>, <c>items[]</c> (<c>name</c>, <c>quantity</c>, <c>text</c>), <c>more_to_come</c>.</description></item>
    /// <item><term><c>customer</c></term><description><c>name</c>, <c>past_orders[]</c>, at most five, the latest first (<c>number</c>, <c>placed_date</c>, <c>status</c>).</description></item>
    /// <item><term><c>letter</c></term><description>In the brand's voice: <c>greeting</c>, <c>apology</c>, <c>closing</c>.</description></item>
    /// <item><term><c>items[]</c></term><description>What the message is about: <c>name</c>, <c>quantity</c>, <c>text</c>.</description></item>
    /// <item><term><c>parcels[]</c></term><description><c>carrier</c>, <c>number</c>, <c>link</c>, <c>can_be_tracked</c>, <c>tracking_text</c>, <c>expected_date</c>, <c>delivered_date</c>, <c>items[]</c>.</description></item>
    /// <item><term><c>plan</c></term><description>Of a new order: <c>ship_date</c>, <c>arrival_date</c>, <c>text</c>, <c>next_text</c> (what happens next).</description></item>
    /// <item><term><c>promise</c></term><description>The promise that is replaced: <c>date</c>, <c>ships</c> (of shipping, not of arrival), <c>ship_date</c>, <c>arrival_date</c>, <c>text</c>.</description></item>
    /// <item><term><c>delay</c></term><description><c>certainty</c> (may, will, is), <c>headline</c>, <c>statement</c>, <c>care</c> (an apology, or why we write early), <c>late_by</c>, <c>late_days</c>, <c>causes[]</c>, <c>quotes[]</c> (<c>source</c>, <c>text</c>), <c>reason_text</c>, <c>new_date</c>, <c>new_date_text</c>, <c>ships</c>, <c>is_further</c>, <c>is_better</c> (good news).</description></item>
    /// <item><term><c>next_word</c></term><description><c>date</c>, <c>text</c>.</description></item>
    /// <item><term><c>options</c></term><description>What the customer can do now: <c>texts[]</c>, <c>is_shipped</c>.</description></item>
    /// <item><term><c>report</c></term><description>What carriers say about the parcels: <c>carrier</c>, <c>date</c>, <c>texts[]</c>, <c>quotes[]</c> (<c>source</c>, <c>text</c>), <c>is_reminder</c>, <c>is_back</c>.</description></item>
    /// <item><term><c>delivered</c></term><description><c>date</c>.</description></item>
    /// <item><term><c>alert</c></term><description>For the shop's own people: <c>signals[]</c>, <c>link</c>.</description></item>
    /// <item><term><c>links</c></term><description>The customer's own pages, empty without <c>Support:PublicAddress</c>: <c>order_status</c>, <c>preferences</c> (which stands below every message anyway).</description></item>
    /// <item><term><c>brand</c></term><description><c>name</c>, <c>contact</c>, <c>contact_link</c>, <c>signature</c>, <c>orders_link</c>, <c>color</c>, <c>on_color</c>, <c>ink</c>.</description></item>
    /// <item><term><c>style</c></term><description>Inline styles for HTML: <c>heading</c>, <c>subheading</c>, <c>text</c>, <c>note</c>, <c>list</c>, <c>facts</c>, <c>fact_name</c>, <c>fact_value</c>, <c>link</c>, <c>button</c>.</description></item>
    /// </list>
    /// <para>
    /// Sentences (<c>text</c>, <c>statement</c>, <c>causes</c> and the like) are English or Swedish, as the template is; in any
    /// other language they are English, and a template words them by itself, from <c>certainty</c>, <c>late_days</c>,
    /// <c>quotes</c>, <c>new_date</c>, <c>is_better</c> and <c>is_shipped</c>. A message that leaves out a fact its kind must
    /// carry is not sent.
    /// </para>
    /// <para>
    /// Words that no customer should have to read (<see cref="Support.Sdk.Shops.Brand.Glossary"/>) stop the start, with line and column.
    /// </para>
    /// </remarks>
    public static ISupportBuilder AddTemplate(this ISupportBuilder builder, MessageTemplate template)
    {
        ArgumentNullException.ThrowIfNull(template);
        builder.Services.AddSingleton(template);
        return builder;
    }

    /// <summary>Adds the templates of a folder.</summary>
    /// <param name="builder">What <c>AddSupport()</c> returned.</param>
    /// <param name="folder">The folder, absolute or relative to the current one. Folders below it are not read.</param>
    /// <param name="shop">The shop that they are for, or null for all.</param>
    /// <remarks>
    /// A template is a pair of UTF-8 files: <c>KIND.CULTURE.txt</c>, whose first line is <c>Subject:</c> and the subject, whose
    /// second is empty, and whose others are the text; and <c>KIND.CULTURE.html</c> with the content of the body. For example
    /// <c>order-delayed.sv.txt</c> and <c>order-delayed.sv.html</c>. The files are read once, here.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The folder or a file is not as described; the message names each file, line and column, and what to do.</exception>
    public static ISupportBuilder AddTemplates(this ISupportBuilder builder, string folder, string? shop = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var faults = new List<TemplateFault>();
        var templates = TemplateFiles.Read(folder, shop, faults);
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(
                string.Join(Environment.NewLine, ["The message templates have faults:", .. faults.Select(fault => fault.ToString())])
            );
        }

        foreach (var template in templates)
        {
            builder.AddTemplate(template);
        }

        return builder;
    }
}
