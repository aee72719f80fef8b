return await DelayReplay.ReplayCommand.RunAsync(args, Console.Out, CancellationToken.None);
