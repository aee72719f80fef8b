using System.Globalization;
using Support.Sdk.Benchmarks;
using Support.Sdk.Benchmarks.Outbox;

Dictionary<string, Func<string[], Task<int>>> benchmarks = new(StringComparer.Ordinal)
{
    ["tick"] = _ => TickBenchmark.RunAsync(),
    ["outbox"] = size => OutboxBenchmark.RunAsync(Size(size, OutboxBenchmark.Messages)),
    ["drain"] = size => DrainBenchmark.RunAsync(Size(size, DrainBenchmark.Messages)),
    ["replay"] = files => ReplayBenchmark.RunAsync(files.FirstOrDefault()),
    ["memory"] = _ => MemoryBenchmark.RunAsync(),
    ["confirmation"] = _ => ConfirmationBenchmark.RunAsync(),
    ["smtp"] = _ => SmtpBenchmark.RunAsync(),
    ["smtp-sink"] = kind => SmtpSink.RunAsync(offersChunking: kind is ["chunking"]),
    ["templates"] = _ => TemplateBenchmark.RunAsync(),
    ["calendar"] = _ => Task.FromResult(CalendarBenchmark.Run()),
};
if (args is [var name, .. var rest] && benchmarks.TryGetValue(name, out var benchmark))
{
    return await benchmark(rest);
}

await Console.Error.WriteLineAsync($"Usage: dotnet run -c Release --project tests/Support.Sdk.Benchmarks -- {string.Join(" | ", benchmarks.Keys)}");
return 2;

static int Size(string[] given, int ordinary) => given is [var text, ..] ? int.Parse(text, CultureInfo.InvariantCulture) : ordinary;
