using Support.Sdk;
using Support.Sdk.Templates;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the words of messages.</summary>
public static class TemplateExtensions
{
    /// <summary>Adds a template, or replaces the built-in one of the same kind and culture.</summary>
    /// <param name="builder">What <c>AddSupport()</c> returned.</param>
    /// <param name="template">The template; checked when the application starts.</param>
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
