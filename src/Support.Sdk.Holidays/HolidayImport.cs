namespace Support.Sdk.Holidays;

/// <summary>What to read from a calendar of holidays.</summary>
public sealed record HolidayImport
{
    /// <summary>The first year to read, 1 to 9998.</summary>
    public required int FirstYear { get; init; }

    /// <summary>The last year to read, included; not before the first, and at most 100 years in all.</summary>
    public required int LastYear { get; init; }

    /// <summary>Whether entries that are marked as free time (<c>TRANSP:TRANSPARENT</c>) close the shop too. Default: no.</summary>
    /// <remarks>Some public feeds mark every holiday as free, because it blocks nobody's appointments; read those with this switch.</remarks>
    public bool IncludeFree { get; init; }

    /// <summary>The greatest size of a calendar in bytes. Default: 1 MiB.</summary>
    public int MaxBytes { get; init; } = 1024 * 1024;

    internal DateOnly First => new(FirstYear, 1, 1);

    internal DateOnly Last => new(LastYear, 12, 31);

    internal bool IsPossible => FirstYear >= 1 && LastYear <= 9998 && LastYear >= FirstYear && LastYear - FirstYear < 100 && MaxBytes > 0;
}
