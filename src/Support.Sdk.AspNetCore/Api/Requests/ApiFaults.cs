namespace Support.Sdk.AspNetCore.Api;

/// <summary>What is wrong with a request, field by field. All of it is told at once.</summary>
internal sealed class ApiFaults
{
    private const int Most = 50;
    private readonly SortedDictionary<string, List<string>> _faults = new(StringComparer.Ordinal);
    private int _count;

    public bool Any => _count > 0;

    public int Count => _count;

    /// <param name="field">The member of the body, the query parameter or the header.</param>
    /// <param name="fault">A sentence about it that says what to write instead.</param>
    public void Add(string field, string fault)
    {
        // A hostile body has as many faults as it has bytes.
        if (++_count > Most)
        {
            return;
        }

        if (!_faults.TryGetValue(field, out var faults))
        {
            _faults[field] = faults = [];
        }

        faults.Add(fault);
    }

    public Dictionary<string, string[]> ToErrors() => _faults.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal);
}
