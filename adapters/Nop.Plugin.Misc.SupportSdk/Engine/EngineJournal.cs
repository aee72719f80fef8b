using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Nop.Plugin.Misc.SupportSdk.Engine;

/// <summary>Keeps the engine's last warnings, until the schedule task writes them into the shop's log, and for the admin.</summary>
internal sealed class EngineJournal(TimeProvider time) : ILoggerProvider
{
    private const int Most = 200;
    private readonly ConcurrentQueue<JournalEntry> _recent = new();
    private readonly ConcurrentQueue<JournalEntry> _unwritten = new();

    /// <summary>The last warnings, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Recent => [.. _recent];

    /// <summary>The next warning that the shop's log does not have yet.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out JournalEntry? entry) => _unwritten.TryDequeue(out entry);

    public void Add(LogLevel level, string message, Exception? exception = null)
    {
        var entry = new JournalEntry(time.GetUtcNow(), level, message, exception);
        Keep(_recent, entry);
        Keep(_unwritten, entry);
    }

    public ILogger CreateLogger(string categoryName) => new Writer(this);

    public void Dispose() { }

    private static void Keep(ConcurrentQueue<JournalEntry> queue, JournalEntry entry)
    {
        queue.Enqueue(entry);
        while (queue.Count > Most && queue.TryDequeue(out _))
        {
            // Who writes faster than anybody reads loses the oldest.
        }
    }

    private sealed class Writer(EngineJournal journal) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                journal.Add(logLevel, formatter(state, exception), exception);
            }
        }
    }
}

/// <summary>A warning of the engine.</summary>
/// <param name="At">When.</param>
/// <param name="Level">How grave.</param>
/// <param name="Message">What, without personal data.</param>
/// <param name="Exception">The fault behind it, or null.</param>
internal sealed record JournalEntry(DateTimeOffset At, LogLevel Level, string Message, Exception? Exception);
