using System.Runtime.CompilerServices;

namespace Support.Sdk.Testing.Stores;

/// <summary>Compares without any test framework.</summary>
internal static class Expect
{
    public static void Equal<T>(T expected, T actual, [CallerArgumentExpression(nameof(actual))] string what = "")
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new ConformanceException($"{what}: expected {Show(expected)}, found {Show(actual)}.");
        }
    }

    public static void List<T>(IEnumerable<T> expected, IEnumerable<T> actual, [CallerArgumentExpression(nameof(actual))] string what = "")
    {
        if (!expected.SequenceEqual(actual))
        {
            throw new ConformanceException($"{what}: expected [{string.Join(", ", expected)}], found [{string.Join(", ", actual)}].");
        }
    }

    public static void True(bool condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        if (!condition)
        {
            throw new ConformanceException($"Expected: {what}.");
        }
    }

    public static async Task RefusedAsync(Func<Task> call, string what)
    {
        try
        {
            await call();
        }
        catch (ArgumentException)
        {
            return;
        }

        throw new ConformanceException($"{what}: was not refused.");
    }

    private static string Show<T>(T value) => value is null ? "null" : $"'{value}'";
}
