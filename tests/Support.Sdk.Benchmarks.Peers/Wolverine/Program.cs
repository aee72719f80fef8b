using Support.Sdk.Benchmarks.Peers;
using Support.Sdk.Benchmarks.Wolverine;

await PeerHost.RunAsync(new WolverineSide());
