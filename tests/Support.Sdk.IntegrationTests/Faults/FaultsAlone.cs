using Xunit;

namespace Support.Sdk.IntegrationTests.Faults;

/// <summary>Tests that measure how soon something goes on: alone on the machine, one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultsAlone
{
    public const string Name = "Faults";
}
