using Xunit;

namespace Support.Sdk.IntegrationTests;

/// <summary>What a test needs beside the .NET SDK.</summary>
internal static class Requirement
{
    private static bool IsEverything => string.Equals(Environment.GetEnvironmentVariable("SUPPORT_TESTS_REQUIRE"), "all", StringComparison.Ordinal);

    /// <summary>Skips the running test unless slow ones are asked for (<c>SUPPORT_TESTS_SLOW=1</c>), or everything is.</summary>
    public static void IsSlow()
    {
        if (!IsEverything && !string.Equals(Environment.GetEnvironmentVariable("SUPPORT_TESTS_SLOW"), "1", StringComparison.Ordinal))
        {
            Assert.Skip("Slow. SUPPORT_TESTS_SLOW=1 runs it too.");
        }
    }

    /// <summary>Skips the running test, saying why; where everything is required (<c>SUPPORT_TESTS_REQUIRE=all</c>) it fails instead.</summary>
    public static void IsMissing(string what)
    {
        if (IsEverything)
        {
            Assert.Fail(what);
        }

        Assert.Skip(what);
    }
}
