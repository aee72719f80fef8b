using Support.Sdk.Benchmarks;

switch (args)
{
    case ["tick"]:
        return await TickBenchmark.RunAsync();
    case ["replay", .. var files]:
        return await ReplayBenchmark.RunAsync(files.Length > 0 ? files[0] : null);
    case ["memory"]:
        return await MemoryBenchmark.RunAsync();
    case ["confirmation"]:
        return await ConfirmationBenchmark.RunAsync();
    default:
        await Console.Error.WriteLineAsync(
            "Usage: dotnet run -c Release --project tests/Support.Sdk.Benchmarks -- tick | replay [orders.csv] | memory | confirmation"
        );
        return 2;
}
