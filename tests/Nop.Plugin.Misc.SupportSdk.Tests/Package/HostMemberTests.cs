using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Xunit;

namespace Nop.Plugin.Misc.SupportSdk.Tests.Package;

/// <summary>Loads the plugin, as it was built against the signatures, into a process with the assemblies of a real shop.</summary>
/// <remarks>Set <c>SUPPORT_TESTS_NOPCOMMERCE</c> to the folder of a built nopCommerce 4.90.</remarks>
public sealed class HostMemberTests
{
    [Fact]
    public void Every_type_and_member_that_the_plugin_uses_is_in_a_real_shop()
    {
        var folder = Environment.GetEnvironmentVariable("SUPPORT_TESTS_NOPCOMMERCE");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "SUPPORT_TESTS_NOPCOMMERCE names no folder of a built nopCommerce 4.90.");
        var context = new ShopContext(folder!);
        try
        {
            var plugin = context.LoadFromAssemblyPath(typeof(SupportStartup).Assembly.Location);

            Assert.Equal([], Faults(plugin));
            Assert.Equal(new Version(4, 90, 0, 0), context.Assemblies.Single(assembly => assembly.GetName().Name is "Nop.Core").GetName().Version);
        }
        finally
        {
            context.Unload();
        }
    }

    // A type that lacks a member of an interface does not load. A method whose members are missing is not compiled.
    private static List<string> Faults(Assembly plugin)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var faults = new List<string>();
        foreach (var type in plugin.GetTypes().Where(type => !type.ContainsGenericParameters))
        {
            foreach (var method in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
            {
                if (method.IsAbstract || method.ContainsGenericParameters)
                {
                    continue;
                }

                try
                {
                    RuntimeHelpers.PrepareMethod(
                        method.MethodHandle,
                        type.IsGenericType ? [.. type.GetGenericArguments().Select(one => one.TypeHandle)] : null
                    );
                }
                catch (Exception exception)
                {
                    faults.Add($"{type.FullName}.{method.Name}: {exception.GetType().Name}: {exception.Message}");
                }
            }
        }

        return faults;
    }

    /// <summary>Takes the shop's assemblies from the shop, and every other from the tests.</summary>
    private sealed class ShopContext(string folder) : AssemblyLoadContext("shop", isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var name = assemblyName.Name!;
            var isTheTests = name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Support.Sdk", StringComparison.Ordinal);
            var file = Path.Combine(folder, name + ".dll");
            return isTheTests || name.StartsWith("Microsoft.", StringComparison.Ordinal) || !File.Exists(file) ? null : LoadFromAssemblyPath(file);
        }
    }
}
