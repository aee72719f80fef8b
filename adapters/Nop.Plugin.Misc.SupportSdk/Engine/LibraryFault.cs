using System.Reflection;

namespace Nop.Plugin.Misc.SupportSdk.Engine;

/// <summary>Explains a fault of loading: of a library that several plugins bring, the shop loads the first one only, which may be older.</summary>
internal static class LibraryFault
{
    private static readonly string[] Shared = ["Polly.Core", "Polly.RateLimiting", "Scriban.Signed"];

    /// <summary>What a person can do about it, or null when it is another fault.</summary>
    public static string? Explain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is TypeLoadException or MissingMemberException or FileLoadException or FileNotFoundException or BadImageFormatException)
            {
                return $"A library is older than this plugin needs, most likely because another plugin brought it first. Update or remove that plugin. "
                    + $"Loaded: {string.Join("; ", Loaded())}. ({cause.Message})";
            }
        }

        return null;
    }

    private static IEnumerable<string> Loaded() =>
        from assembly in AppDomain.CurrentDomain.GetAssemblies()
        let name = assembly.GetName().Name
        where Shared.Contains(name, StringComparer.OrdinalIgnoreCase)
        select $"{name} {assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version} from {Path.GetFileName(Path.GetDirectoryName(assembly.Location))}";
}
