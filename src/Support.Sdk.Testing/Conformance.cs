namespace Support.Sdk.Testing;

/// <summary>Checks the rules of a suite to the last, so that one run names everything that is broken.</summary>
internal static class Conformance
{
    public static async Task CheckAllAsync(IEnumerable<Func<Task>> checks)
    {
        var broken = new List<ConformanceException>();
        foreach (var check in checks)
        {
            try
            {
                await check();
            }
            catch (ConformanceException exception)
            {
                broken.Add(exception);
            }
        }

        if (broken.Count > 0)
        {
            throw new ConformanceException(string.Join(Environment.NewLine, broken.Select(exception => exception.Message)), broken[0]);
        }
    }
}
