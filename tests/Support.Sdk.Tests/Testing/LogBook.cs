using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Support.Sdk.Tests.Testing;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogBook<T> : ILogger<T>
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public int Count(LogLevel level) => Lines.Count(line => line.Level == level);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, formatter(state, exception)));
}
