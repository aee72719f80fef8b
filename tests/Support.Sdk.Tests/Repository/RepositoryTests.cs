using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Support.Sdk.Tests.Repository;

public sealed partial class RepositoryTests
{
    private static readonly string Root = FindRoot();

    // Who may reference whom; DESIGN: everything points to the contract, only hosts reference the engine.
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Support.Sdk.Abstractions"] = [],
        ["Support.Sdk"] = ["Support.Sdk.Abstractions"],
        ["Support.Sdk.Relational"] = ["Support.Sdk.Abstractions"],
        ["Support.Sdk.Sqlite"] = ["Support.Sdk.Relational"],
        ["Support.Sdk.Postgres"] = ["Support.Sdk.Relational"],
        ["Support.Sdk.EntityFrameworkCore"] = ["Support.Sdk.Relational"],
        ["Support.Sdk.Email"] = ["Support.Sdk.Abstractions"],
        ["Support.Sdk.Holidays"] = ["Support.Sdk.Abstractions"],
        ["Support.Sdk.AspNetCore"] = ["Support.Sdk"],
        ["Support.Sdk.Testing"] = ["Support.Sdk.Abstractions"],
        ["Support.Sdk.Shopify"] = ["Support.Sdk.Abstractions"],
        // A host: it brings the engine into the shop's process. "*" are the signatures of the shop beside it.
        ["Nop.Plugin.Misc.SupportSdk"] = ["Support.Sdk", "Support.Sdk.Relational", "*"],
    };

    [Fact]
    public void Projects_reference_only_what_the_design_allows()
    {
        var found = new[] { "src", "adapters" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}reference{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToDictionary(
                path => Path.GetFileNameWithoutExtension(path),
                path =>
                    XDocument
                        .Load(path)
                        .Descendants("ProjectReference")
                        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))
                        .ToArray(),
                StringComparer.Ordinal
            );

        Assert.Equal(Arrows.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        Assert.All(found, project => Assert.Equal(Arrows[project.Key], project.Value));
    }

    [Fact]
    public void The_first_code_block_of_the_README_is_the_quick_start_byte_for_byte()
    {
        var readme = File.ReadAllText(Path.Combine(Root, "README.md"));

        var block = CodeBlock().Match(readme).Groups["code"].Value;

        Assert.Equal(File.ReadAllText(Path.Combine(Root, "samples", "QuickStart", "Program.cs")), block);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Support.Sdk.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Support.Sdk.sln is in no folder above the tests.");
    }

    [GeneratedRegex("```[a-z]*\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeBlock();
}
