using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Scriban;
using Scriban.Runtime;
using Spectre.Console;
using Support.Sdk.Orders;
using Support.Sdk.Templates;

namespace Support.Sdk.Benchmarks;

/// <summary>
/// A delay notice with all its parts: ours (values, subject, text, escaped HTML, frame, check of the facts), against the same
/// templates rendered the way a first attempt with Scriban does it (parsed once; Import and a new context for each part; no
/// escaping, no frame, no check), and against interpolated strings of the same text.
/// </summary>
internal static class TemplateBenchmark
{
    private const int Rounds = 9;
    private const double MustBeatNaive = 1.7;
    private const double AimOfRaw = 8;
    private const double AimOfAllocation = 2;
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(400);

    public static Task<int> RunAsync()
    {
        var request = PreviewScenarios.Request(new PreviewScenario(NoticeKinds.OrderDelayed, "first"), PreviewOrders.Shop, "en")!;
        var composer = new NoticeComposer(new TemplateCatalog([]), new BrandLogos(Options.Create(new SupportOptions()), NullLogger<BrandLogos>.Instance));
        var message = composer.Compose(request, PreviewOrders.Now).Message ?? throw new InvalidOperationException("The notice could not be written.");
        var naive = new NaiveTemplates(request);
        var raw = new RawStrings(message);
        Func<int>[] runs = [() => composer.Compose(request, PreviewOrders.Now).Message!.Html!.Length, naive.Render, raw.Render];
        var rates = runs.Select(_ => new List<double>()).ToList();
        for (var round = -2; round < Rounds; round++)
        {
            for (var run = 0; run < runs.Length; run++)
            {
                var rate = Rate(runs[run]);
                if (round >= 0)
                {
                    rates[run].Add(rate);
                }
            }
        }

        return Task.FromResult(Report([.. rates.Select(Median)], [.. runs.Select(Allocated)]));
    }

    private static int Report(double[] rates, double[] bytes)
    {
        var table = new Table().AddColumns("a delay notice", "renders/s", "bytes allocated", "ours against it, speed", "ours against it, bytes");
        string[] names = ["ours: values, three parts, escaping, frame, check", "naive Scriban: Import, new context, nothing else", "interpolated strings"];
        for (var run = 0; run < names.Length; run++)
        {
            table.AddRow(names[run], Text(rates[run], "N0"), Text(bytes[run], "N0"), Text(rates[0] / rates[run], "F2"), Text(bytes[0] / bytes[run], "F2"));
        }

        AnsiConsole.Write(table);
        var passed = rates[0] / rates[1] >= MustBeatNaive;
        AnsiConsole.MarkupLine(
            $"{(passed ? "PASS" : "MISSED")}: {Text(rates[0] / rates[1], "F2")} times naive, {Text(MustBeatNaive, "F1")} wanted. "
                + $"Aims: {Text(rates[2] / rates[0], "F1")} times slower than raw ({Text(AimOfRaw, "F0")}), "
                + $"{Text(bytes[0] / bytes[2], "F1")} times its memory ({Text(AimOfAllocation, "F0")})."
        );
        return (passed ? 0 : 1) | HostileTemplates.Report();
    }

    private static double Rate(Func<int> run)
    {
        var (count, sum) = (0, 0L);
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < RoundTime)
        {
            sum += run();
            count++;
        }

        return sum == 0 ? throw new InvalidOperationException("Nothing was rendered.") : count / watch.Elapsed.TotalSeconds;
    }

    private static double Allocated(Func<int> run)
    {
        const int Times = 200;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var time = 0; time < Times; time++)
        {
            run();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Times;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>The same templates without any of our care.</summary>
    private sealed class NaiveTemplates
    {
        private readonly Template[] _parts;
        private readonly Dictionary<string, object> _values;

        public NaiveTemplates(ComposeRequest request)
        {
            var source = BuiltInTemplates.Read().Single(template => template is { Kind: NoticeKinds.OrderDelayed, Culture: "en" });
            _parts = [Template.Parse(source.Subject), Template.Parse(source.Text), Template.Parse(source.Html)];
            _values = Plain(NoticeModel.Of(request, Language.English, PreviewOrders.Now).Values);
        }

        public int Render()
        {
            var length = 0;
            foreach (var part in _parts)
            {
                var values = new ScriptObject();
                values.Import(_values);
                var context = new TemplateContext();
                context.PushGlobal(values);
                length += part.Render(context).Length;
            }

            return length;
        }

        private static Dictionary<string, object> Plain(TemplateModel model) =>
            model.ToDictionary(member => member.Key, member => Plain(member.Value), StringComparer.Ordinal);

        private static object Plain(object value) =>
            value switch
            {
                Func<TemplateModel> make => Plain(make()),
                TemplateModel model => Plain(model),
                IReadOnlyList<object> list => list.Select(Plain).ToList(),
                _ => value,
            };
    }

    /// <summary>The same message from interpolated strings: the values are cut out of the text once, and put in again each time.</summary>
    private sealed class RawStrings
    {
        private static readonly string[] Values =
        [
            "Anna Lindqvist",
            "1001",
            "Tuesday, 1 December 2026",
            "Friday, 4 December 2026",
            "Snow in the north",
            "PostNord",
            "00373500489530470015",
            "Wool throw, dark green",
            "Stoneware mug",
            "hello@nordlys.example",
        ];

        private readonly string[][] _parts;

        public RawStrings(Deliveries.OutboundMessage message) => _parts = [Pieces(message.Subject), Pieces(message.Text), Pieces(message.Html!)];

        public int Render()
        {
            var length = 0;
            foreach (var pieces in _parts)
            {
                var handler = new DefaultInterpolatedStringHandler(pieces.Sum(piece => piece.Length), pieces.Length);
                foreach (var piece in pieces)
                {
                    handler.AppendFormatted(piece);
                }

                length += handler.ToStringAndClear().Length;
            }

            return length;
        }

        private static string[] Pieces(string text) => Values.Aggregate(new[] { text }, (pieces, value) => [.. pieces.SelectMany(piece => Cut(piece, value))]);

        private static IEnumerable<string> Cut(string text, string value)
        {
            var pieces = text.Split(value);
            for (var index = 0; index < pieces.Length; index++)
            {
                if (index > 0)
                {
                    yield return value;
                }

                yield return pieces[index];
            }
        }
    }
}
