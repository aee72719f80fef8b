using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Support.Sdk.Benchmarks.Intake;

/// <summary>What a developer writes by hand: read the body; prove it; store it, one statement a request.</summary>
internal sealed class BareIntake : IAsyncDisposable
{
    private const string Schema = "CREATE TABLE inbox (event_id TEXT PRIMARY KEY, body TEXT NOT NULL, received_at TIMESTAMPTZ NOT NULL DEFAULT now())";
    private const string Insert = "INSERT INTO inbox (event_id, body) VALUES ($1, $2) ON CONFLICT (event_id) DO NOTHING";
    private const string InsertAll = "INSERT INTO inbox (event_id, body) SELECT unnest($1), unnest($2) ON CONFLICT (event_id) DO NOTHING";
    private static readonly byte[] Key = Encoding.UTF8.GetBytes(LoadGenerator.Secret);

    private readonly NpgsqlDataSource _database;
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private Task _storing = Task.CompletedTask;

    private BareIntake(NpgsqlDataSource database) => _database = database;

    public static async Task<BareIntake> CreateAsync(string database, int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(database)
        {
            MaxPoolSize = connections,
            MaxAutoPrepare = 10,
            AutoPrepareMinUsages = 2,
        };
        var source = NpgsqlDataSource.Create(settings);
        await using var command = source.CreateCommand(Schema);
        await command.ExecuteNonQueryAsync();
        return new BareIntake(source);
    }

    /// <summary>Kestrel alone: the body is read and forgotten.</summary>
    public static void MapNothing(WebApplication application) =>
        application.Run(context =>
            WithBodyAsync(
                context,
                _ =>
                {
                    context.Response.ContentLength = 0;
                    return Task.CompletedTask;
                }
            )
        );

    /// <summary>Kestrel and the proof of the body.</summary>
    public static void MapProof(WebApplication application) => Map(application, (_, _) => Task.CompletedTask);

    /// <summary>Reads the body whole, and lends it.</summary>
    public static async Task WithBodyAsync(HttpContext context, Func<ReadOnlyMemory<byte>, Task> use)
    {
        var length = (int)(context.Request.ContentLength ?? 0);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await context.Request.Body.ReadExactlyAsync(buffer.AsMemory(0, length));
            await use(buffer.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public async Task<long> CountAsync()
    {
        await using var command = _database.CreateCommand("SELECT count(*) FROM inbox");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Kestrel and the proof of the body; the event is stored before the answer.</summary>
    public void Map(WebApplication application) => Map(application, StoreAsync);

    /// <summary>The limit: the same, with one statement for all that came in while the last one ran.</summary>
    public void MapGrouped(WebApplication application)
    {
        _storing = StoreGroupsAsync();
        Map(
            application,
            (id, body) =>
            {
                var call = new Call(id, body);
                _calls.Writer.TryWrite(call);
                return call.Stored.Task;
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        _calls.Writer.Complete();
        await _storing;
        await _database.DisposeAsync();
    }

    private static void Map(WebApplication application, Func<string, string, Task> storeAsync) =>
        application.Run(context =>
            WithBodyAsync(
                context,
                async body =>
                {
                    var id = context.Request.Headers["webhook-id"].ToString();
                    context.Response.ContentLength = 0;
                    if (!IsProven(context.Request.Headers, id, body.Span))
                    {
                        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    }
                    else
                    {
                        await storeAsync(id, Encoding.UTF8.GetString(body.Span));
                    }
                }
            )
        );

    private async Task StoreAsync(string id, string body)
    {
        await using var command = _database.CreateCommand(Insert);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = body });
        await command.ExecuteNonQueryAsync();
    }

    private async Task StoreGroupsAsync()
    {
        while (await _calls.Reader.WaitToReadAsync())
        {
            var group = new List<Call>();
            while (_calls.Reader.TryRead(out var call))
            {
                group.Add(call);
            }

            try
            {
                await using var command = _database.CreateCommand(InsertAll);
                command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. group.Select(call => call.Id)] });
                command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. group.Select(call => call.Body)] });
                await command.ExecuteNonQueryAsync();
                group.ForEach(call => call.Stored.SetResult());
            }
            catch (NpgsqlException exception)
            {
                group.ForEach(call => call.Stored.SetException(exception));
            }
        }
    }

    private static bool IsProven(IHeaderDictionary headers, string id, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Key);
        hash.AppendData(Encoding.ASCII.GetBytes($"{id}.{headers["webhook-timestamp"]}."));
        hash.AppendData(body);
        var given = headers["webhook-signature"].ToString();
        Span<byte> proof = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return given.StartsWith("v1,", StringComparison.Ordinal)
            && Convert.TryFromBase64Chars(given.AsSpan(3), proof, out var length)
            && length == proof.Length
            && CryptographicOperations.FixedTimeEquals(proof, hash.GetHashAndReset());
    }

    private sealed record Call(string Id, string Body)
    {
        public TaskCompletionSource Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
