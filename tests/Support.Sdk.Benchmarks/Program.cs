using System.Globalization;
using Support.Sdk.Benchmarks;
using Support.Sdk.Benchmarks.Intake;
using Support.Sdk.Benchmarks.Outbox;
using Support.Sdk.Benchmarks.Processes;
using Support.Sdk.Benchmarks.Shopify;
using Support.Sdk.Benchmarks.Ticks;

Dictionary<string, Func<string[], Task<int>>> benchmarks = new(StringComparer.Ordinal)
{
    ["tick"] = size => TickBenchmark.RunAsync(Size(size, TickBenchmark.Largest)),
    ["tickets"] = size => TicketBenchmark.RunAsync(Size(size, TickBenchmark.Largest)),
    ["outbox"] = size => OutboxBenchmark.RunAsync(Size(size, OutboxBenchmark.Messages), HasHtml(size)),
    ["drain"] = size => DrainBenchmark.RunAsync(Size(size, DrainBenchmark.Messages), HasHtml(size)),
    ["intake"] = size => IntakeBenchmark.RunAsync(Size(size, IntakeBenchmark.Events)),
    ["intake-load"] = _ => LoadGenerator.RunAsync(),
    ["shopify"] = _ => ShopifyBenchmark.RunAsync(),
    ["processes"] = size => ProcessesBenchmark.RunAsync(Size(size, ProcessesBenchmark.Messages)),
    ["processes-worker"] = database => Worker.RunAsync(database[0]),
    ["sqlite"] = size => SqliteBenchmark.RunAsync(Size(size, SqliteBenchmark.Messages), HasHtml(size)),
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

static int Size(string[] given, int ordinary) => given is [var text, ..] && int.TryParse(text, CultureInfo.InvariantCulture, out var size) ? size : ordinary;

static bool HasHtml(string[] given) => given.Contains("html", StringComparer.Ordinal);
