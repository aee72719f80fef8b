using System.Text.Json;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Package;

public sealed class PluginZipTests
{
    // What the process of nopCommerce 4.90 has: its own libraries, its drivers, and the shared framework of ASP.NET Core 9.
    private static readonly string[] Host =
    [
        "Nop.",
        "FluentMigrator",
        "linq2db",
        "Npgsql",
        "MySqlConnector",
        "Microsoft.",
        "System.",
        "netstandard",
        "Newtonsoft.Json",
        "MailKit",
        "MimeKit",
    ];

    private static readonly string[] Shipped =
    [
        "Nop.Plugin.Misc.SupportSdk.dll",
        "Polly.Core.dll",
        "Polly.RateLimiting.dll",
        "Scriban.Signed.dll",
        "Support.Sdk.Abstractions.dll",
        "Support.Sdk.Relational.dll",
        "Support.Sdk.dll",
    ];

    [Fact]
    public void The_zip_has_one_folder_for_the_admins_upload()
    {
        using var zip = PluginZip.Open();

        Assert.Equal("Misc.SupportSdk", Assert.Single(zip.Entries.Select(entry => entry.FullName.Split('/')[0]).Distinct()));
    }

    [Fact]
    public void The_plugin_says_who_it_is_and_for_which_version()
    {
        using var zip = PluginZip.Open();
        using var description = JsonDocument.Parse(PluginZip.Read(zip.GetEntry("Misc.SupportSdk/plugin.json")!));
        var root = description.RootElement;

        Assert.Equal("Misc.SupportSdk", root.GetProperty("SystemName").GetString());
        Assert.Equal("4.90", Assert.Single(root.GetProperty("SupportedVersions").EnumerateArray().ToList()).GetString());
        Assert.NotNull(zip.GetEntry($"Misc.SupportSdk/{root.GetProperty("FileName").GetString()}"));
        Assert.InRange(root.GetProperty("FriendlyName").GetString()!.Length, 1, 57);
    }

    [Fact]
    public void The_zip_has_a_logo_and_views()
    {
        using var zip = PluginZip.Open();

        Assert.Equal("PNG"u8.ToArray(), PluginZip.Read(zip.GetEntry("Misc.SupportSdk/logo.png")!)[1..4]);
        Assert.Contains(zip.Entries, entry => entry.FullName.StartsWith("Misc.SupportSdk/Views/", StringComparison.Ordinal));
    }

    [Fact]
    public void The_zip_ships_only_what_no_shop_has()
    {
        using var zip = PluginZip.Open();
        var libraries = zip.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)).Select(entry => entry.Name);

        Assert.Equal(Shipped, libraries.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_in_the_zip_asks_for_more_than_the_process_of_dotnet_9_has()
    {
        using var zip = PluginZip.Open();
        var references = zip
            .Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal))
            .SelectMany(entry => PluginZip.References(PluginZip.Read(entry)));

        Assert.All(
            references.Where(reference =>
                reference.Name!.StartsWith("Microsoft.", StringComparison.Ordinal) || reference.Name.StartsWith("System.", StringComparison.Ordinal)
            ),
            reference => Assert.True(reference.Version!.Major <= 9, reference.FullName)
        );
    }

    [Fact]
    public void Everything_that_the_zip_asks_for_is_in_it_or_in_the_shop()
    {
        using var zip = PluginZip.Open();
        var references = zip
            .Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal))
            .SelectMany(entry => PluginZip.References(PluginZip.Read(entry)))
            .Select(reference => reference.Name!)
            .Distinct(StringComparer.Ordinal);

        Assert.All(
            references,
            name =>
                Assert.True(
                    Shipped.Contains($"{name}.dll", StringComparer.Ordinal) || Host.Any(known => name.StartsWith(known, StringComparison.Ordinal)),
                    name
                )
        );
    }

    // A plugin that was built against a higher version than the shop's stops the shop at its start.
    [Fact]
    public void The_plugin_asks_for_no_version_of_the_shop_above_its_own()
    {
        using var zip = PluginZip.Open();
        var plugin = PluginZip.Read(zip.GetEntry("Misc.SupportSdk/Nop.Plugin.Misc.SupportSdk.dll")!);

        Assert.All(
            PluginZip
                .References(plugin)
                .Where(reference =>
                    (reference.Name!.StartsWith("Nop.", StringComparison.Ordinal) || reference.Name.StartsWith("FluentMigrator", StringComparison.Ordinal))
                ),
            reference => Assert.True(reference.Version! <= new Version(4, 90, 0, 0), reference.FullName)
        );
    }
}
