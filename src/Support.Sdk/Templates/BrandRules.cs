using Support.Sdk.Shops;

namespace Support.Sdk.Templates;

/// <summary>What a brand must fulfil before the first message is written in its name.</summary>
internal static class BrandRules
{
    /// <exception cref="InvalidOperationException">A logo is no picture, or a template uses a word that it should not; the message lists all.</exception>
    public static void Check(IReadOnlyCollection<Shop> shops, TemplateCatalog templates, SupportOptions options)
    {
        var faults = shops
            .Select(shop => (shop.Id, Fault: BrandLogos.Fault(shop.Brand, options.PublicAddress)))
            .Where(found => found.Fault is not null)
            .Select(found => $"Support:Shops:{found.Id}:Brand:Logo: {found.Fault}")
            .ToList();
        var words = new List<TemplateFault>();
        foreach (var template in templates.Registered)
        {
            Jargon.Lint(template, shops, words);
        }

        faults.AddRange(words.Select(fault => fault.ToString()));
        if (faults.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, faults));
        }
    }
}
