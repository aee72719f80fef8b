using Xunit;

namespace Support.Sdk.IntegrationTests.Faults;

/// <summary>Tests that measure how soon something goes on, or how much memory it takes: alone in the process, one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultsAlone
{
    public const string Name = "Faults";
}
