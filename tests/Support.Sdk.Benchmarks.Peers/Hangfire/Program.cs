using Support.Sdk.Benchmarks.Hangfire;
using Support.Sdk.Benchmarks.Peers;

await PeerHost.RunAsync(new HangfireSide());
