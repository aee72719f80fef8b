using Support.Sdk.Benchmarks.Peers;
using Support.Sdk.Benchmarks.Rebus;

await PeerHost.RunAsync(new RebusSide());
