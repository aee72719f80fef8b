using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Package;

/// <summary>The zip that the build of the plugin wrote.</summary>
internal static class PluginZip
{
    private static string Path { get; } =
        typeof(PluginZip).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(metadata => metadata.Key is "PluginZip").Value!;

    public static ZipArchive Open() => ZipFile.OpenRead(Path);

    public static byte[] Read(ZipArchiveEntry entry)
    {
        using var bytes = new MemoryStream();
        using var stream = entry.Open();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The assemblies that an assembly asks for.</summary>
    public static IReadOnlyList<AssemblyName> References(byte[] assembly)
    {
        using var reader = new PEReader(new MemoryStream(assembly));
        var metadata = reader.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName())];
    }
}
