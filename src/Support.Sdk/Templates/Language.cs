using System.Globalization;

namespace Support.Sdk.Templates;

/// <summary>What a template is written in: a culture, and the sentences of ours that it can print.</summary>
internal sealed record Language
{
    private Language(string name, CultureInfo culture, INoticeWords words, bool checksWording) =>
        (Name, Culture, Words, ChecksWording) = (name, culture, words, checksWording);

    /// <summary>English as it is written everywhere.</summary>
    public static Language English { get; } = new("en", CultureInfo.InvariantCulture, EnglishWords.Instance, checksWording: true);

    /// <summary>The name as its author wrote it; also the <c>lang</c> of a document.</summary>
    public string Name { get; }

    /// <summary>How numbers and letters are written.</summary>
    public CultureInfo Culture { get; }

    /// <summary>Our sentences: in the language itself where we speak it, else in English.</summary>
    public INoticeWords Words { get; }

    /// <summary>A wording is looked for as it is; elsewhere a template may find words of its own, by values such as <c>delay.certainty</c>, which are English.</summary>
    public bool ChecksWording { get; }

    /// <summary>Dates are written with our words, so that they are the same on every machine; a country's English follows its country.</summary>
    public bool WritesOurDates => Name is "en" || Words is SwedishWords;

    /// <summary>The language of a culture's name, or null when there is no such culture.</summary>
    public static Language? Find(string name)
    {
        var language = name.Split('-', '_')[0].ToLowerInvariant();
        // What is built in needs no culture data: the engine runs where there is none.
        if (name.Length == language.Length && language is "en")
        {
            return English;
        }

        var culture = CultureOf(name);
        return language switch
        {
            "sv" => new Language(name, culture ?? CultureInfo.InvariantCulture, SwedishWords.Instance, checksWording: false),
            _ when culture is null => null,
            "en" => new Language(name, culture, EnglishWords.Instance, checksWording: true),
            _ => new Language(name, culture, EnglishWords.Instance, checksWording: false),
        };
    }

    private static CultureInfo? CultureOf(string name)
    {
        try
        {
            return name.Length == 0 ? null : CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }
}
