using System.Globalization;
using Spectre.Console;

namespace DelayReplay;

/// <summary>A progress bar for people; a line every tenth for logs.</summary>
internal sealed class ProgressView(IAnsiConsole console)
{
    public async Task RunAsync(Func<Action<ReplayProgress>, Task> work)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
        {
            await work(Lines());
            return;
        }

        await console
            .Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("Replaying");
                await work(progress =>
                {
                    bar.MaxValue = Math.Max(1, progress.Total);
                    bar.Value = progress.Done;
                    bar.Description = Day(progress);
                });
            });
    }

    private Action<ReplayProgress> Lines()
    {
        var next = 1;
        return progress =>
        {
            while (next <= 10 && progress.Done * 10 >= progress.Total * next)
            {
                console.Say(string.Create(CultureInfo.InvariantCulture, $"{next * 10, 3} %  {Day(progress)}"));
                next++;
            }
        };
    }

    private static string Day(ReplayProgress progress) => progress.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
