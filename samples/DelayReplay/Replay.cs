using DelayReplay.Figures;
using DelayReplay.Orders;
using DelayReplay.Reports;
using Spectre.Console;

namespace DelayReplay;

/// <summary>The sample's use case: import, replay, count, report.</summary>
internal sealed class Replay(ReplaySettings settings, IAnsiConsole console)
{
    private readonly long _begun = TimeProvider.System.GetTimestamp();
    private readonly string _book = OrderBook.PathOf(settings.Database);

    /// <returns>0, or 1 when the order that was asked for does not exist.</returns>
    /// <exception cref="BadInputException">The input cannot be used; the message says what to do.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // An order's story is told from what is there; only without a database it has to be played first.
        if (settings.Order is { } asked && !settings.Resume && await OrderBook.IsAtAsync(_book, cancellationToken))
        {
            return await TimelineAsync(asked, cancellationToken);
        }

        if (!settings.Resume || !await CanResumeAsync(cancellationToken))
        {
            await BeginAsync(cancellationToken);
        }

        await PlayAsync(cancellationToken);
        return settings.Order is { } order ? await TimelineAsync(order, cancellationToken) : 0;
    }

    private async Task<bool> CanResumeAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_book) && !File.Exists(settings.Database))
        {
            return false;
        }

        await OldRun.CheckAsync(settings.Database, cancellationToken);
        await using var book = await OrderBook.OpenAsync(_book, cancellationToken);
        var (hash, zone) = (await book.NoteAsync("sha256", cancellationToken), await book.NoteAsync("zone", cancellationToken));
        if (!File.Exists(settings.Orders) || !string.Equals(hash, await OrderImport.HashAsync(settings.Orders, cancellationToken), StringComparison.Ordinal))
        {
            throw new BadInputException(
                $"{settings.Database} replays another file than {settings.Orders}. Name that file, or leave out --resume to begin anew."
            );
        }

        return string.Equals(zone, settings.Zone.Id, StringComparison.Ordinal)
            ? true
            : throw new BadInputException($"{settings.Database} was begun with --time-zone {zone}. Give the same, or leave out --resume to begin anew.");
    }

    // The file is read before anything old is removed: a fault in it costs nothing.
    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        await OldRun.CheckAsync(settings.Database, cancellationToken);
        if (Path.GetDirectoryName(Path.GetFullPath(settings.Database)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var fresh = _book + ".new";
        Delete(fresh);
        try
        {
            var imported = await OrderImport.RunAsync(
                fresh,
                settings.Orders,
                settings.Zone,
                settings.SkipBad,
                fault => console.Say(fault.ToString()),
                cancellationToken
            );
            console.Say(imported.Bad == 0 ? $"{imported.Rows:N0} orders." : $"{imported.Rows:N0} orders; {imported.Bad:N0} bad rows were left out.");
        }
        catch
        {
            Delete(fresh);
            throw;
        }

        if (settings.Postgres is { } postgres)
        {
            await ReplaySchema.BeginAsync(postgres, cancellationToken);
        }

        OldRun.Remove(settings.Database, settings.Mail);
        File.Move(fresh, _book);
    }

    private static void Delete(string book)
    {
        foreach (var suffix in (string[])["", "-wal", "-shm"])
        {
            File.Delete(book + suffix);
        }
    }

    private async Task PlayAsync(CancellationToken cancellationToken)
    {
        await using var book = await OrderBook.OpenAsync(_book, cancellationToken);
        var before = (await book.PositionAsync(cancellationToken))?.Elapsed ?? TimeSpan.Zero;
        await using var engine = new ReplayEngine(settings, book);
        var loop = new ReplayLoop(engine, book, settings.Zone.Id, Elapsed);
        await new ProgressView(console).RunAsync(tell => loop.RunAsync(tell, cancellationToken));
        await MessageLedger.CopyAsync(engine, book, settings.Zone, cancellationToken);
        var figures = await FiguresReader.ReadAsync(book, Elapsed(), cancellationToken);
        await WriteAsync(engine, book, figures, cancellationToken);

        TimeSpan Elapsed() => before + TimeProvider.System.GetElapsedTime(_begun);
    }

    private async Task WriteAsync(ReplayEngine engine, OrderBook book, ReplayFigures figures, CancellationToken cancellationToken)
    {
        var data = await ReportReader.ReadAsync(engine, book, cancellationToken);
        await WriteAsync(settings.Report, HtmlReport.Write(figures, data), cancellationToken);
        if (settings.Json is { } json)
        {
            await WriteAsync(json, figures.ToJson(), cancellationToken);
        }

        FiguresTable.Print(console, figures);
        if ((await engine.Shops.FindAsync(OrderView.Shop, cancellationToken)).PausedReason is { } reason)
        {
            console.Say($"The shop was paused, so messages wait that would have been sent: {reason}");
        }

        console.Say($"Mails: {Path.GetFullPath(settings.Mail)}");
        console.Say($"Report: {Path.GetFullPath(settings.Report)}");
    }

    private static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        await File.WriteAllTextAsync(path, text, cancellationToken);
    }

    private async Task<int> TimelineAsync(string order, CancellationToken cancellationToken)
    {
        await OldRun.CheckAsync(settings.Database, cancellationToken);
        await using var book = await OrderBook.OpenAsync(_book, cancellationToken);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(await book.NoteAsync("zone", cancellationToken) ?? settings.Zone.Id);
        var known = settings with { Zone = zone };
        await using var engine = new ReplayEngine(known, book);
        return await new OrderTimeline(engine, book, known, console).PrintAsync(order, cancellationToken) ? 0 : 1;
    }
}
