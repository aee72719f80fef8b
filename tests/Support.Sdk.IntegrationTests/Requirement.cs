using Xunit;

namespace Support.Sdk.IntegrationTests;

/// <summary>What a test needs beside the .NET SDK.</summary>
internal static class Requirement
{
    /// <summary>Skips the running test, saying why; where everything is required (<c>SUPPORT_TESTS_REQUIRE=all</c>) it fails instead.</summary>
    public static void IsMissing(string what)
    {
        if (string.Equals(Environment.GetEnvironmentVariable("SUPPORT_TESTS_REQUIRE"), "all", StringComparison.Ordinal))
        {
            Assert.Fail(what);
        }

        Assert.Skip(what);
    }
}
