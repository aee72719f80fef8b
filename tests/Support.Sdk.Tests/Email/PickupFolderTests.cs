using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Support.Sdk.Deliveries;
using Support.Sdk.Email;
using Support.Sdk.Testing;
using Support.Sdk.Tests.Testing;
using Xunit;

namespace Support.Sdk.Tests.Email;

public sealed class PickupFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<ChannelRule> Rules => [.. ChannelConformance.Rules];

    [Theory, MemberData(nameof(Rules))]
    public Task It_keeps_the_contract_of_a_channel(ChannelRule rule) =>
        rule.CheckAsync(
            new ChannelUnderTest
            {
                Channel = Channel(),
                Address = "ada@example.com",
                From = "hello@shop.example",
                ReceivedIds = _ => Task.FromResult<IReadOnlyList<string>>([.. Directory.EnumerateFiles(_folder.Path, "*.eml").SelectMany(MessageIds)]),
            }
        );

    [Fact]
    public async Task A_message_is_one_file_named_by_its_id()
    {
        var result = await Channel().SendAsync(Messages.Plain());

        Assert.Equal(DeliveryOutcome.Accepted, result.Outcome);
        Assert.Equal(["0123456789abcdef.eml"], _folder.Names);
    }

    [Fact]
    public async Task A_mail_that_is_not_flushed_is_the_same_mail()
    {
        await Channel().SendAsync(Messages.Plain());
        var flushed = await File.ReadAllBytesAsync(_folder.File("0123456789abcdef.eml"));
        File.Delete(_folder.File("0123456789abcdef.eml"));

        await new PickupFolderChannel(Options.Create(new PickupFolderOptions { Path = _folder.Path, FlushToDisk = false })).SendAsync(Messages.Plain());

        Assert.Equal(flushed, await File.ReadAllBytesAsync(_folder.File("0123456789abcdef.eml")));
    }

    [Fact]
    public async Task The_same_message_again_after_a_restart_leaves_the_file_as_it_is()
    {
        await Channel().SendAsync(Messages.Plain());
        var path = _folder.File("0123456789abcdef.eml");
        var (bytes, written) = (await File.ReadAllBytesAsync(path), File.GetLastWriteTimeUtc(path));

        var result = await Channel().SendAsync(Messages.Plain());

        Assert.Equal(DeliveryOutcome.Accepted, result.Outcome);
        Assert.Equal(["0123456789abcdef.eml"], _folder.Names);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path));
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public async Task The_same_message_many_times_at_once_is_one_file()
    {
        var channel = Channel();

        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => channel.SendAsync(Messages.Plain()))));

        Assert.All(results, result => Assert.Equal(DeliveryOutcome.Accepted, result.Outcome));
        Assert.Equal(["0123456789abcdef.eml"], _folder.Names);
    }

    [Fact]
    public async Task What_a_dead_process_left_unfinished_is_removed_and_everything_else_stays()
    {
        await File.WriteAllTextAsync(_folder.File("dead.abc.unfinished-eml"), "Subject: ha");
        await File.WriteAllTextAsync(_folder.File("notes.tmp"), "mine");

        await Channel().SendAsync(Messages.Plain());

        Assert.Equal(["0123456789abcdef.eml", "notes.tmp"], _folder.Names);
    }

    [Fact]
    public async Task What_another_process_is_writing_stays()
    {
        var path = _folder.File("busy.abc.unfinished-eml");
        await using var busy = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);

        await Channel().SendAsync(Messages.Plain());

        Assert.True(File.Exists(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a.b")]
    [InlineData("a b")]
    [InlineData("zoë")]
    [InlineData("a\0b")]
    public async Task An_id_that_is_no_file_name_is_rejected(string id)
    {
        var result = await Channel().SendAsync(Messages.Plain(id));

        Assert.Equal(DeliveryOutcome.Rejected, result.Outcome);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task An_id_has_at_most_128_characters()
    {
        Assert.Equal(DeliveryOutcome.Accepted, (await Channel().SendAsync(Messages.Plain(new string('x', 128)))).Outcome);
        Assert.Equal(DeliveryOutcome.Rejected, (await Channel().SendAsync(Messages.Plain(new string('x', 129)))).Outcome);
    }

    [Fact]
    public async Task Without_a_sender_a_message_is_rejected_and_says_what_to_set()
    {
        var result = await Channel().SendAsync(Messages.Plain() with { From = null });

        Assert.Equal(DeliveryOutcome.Rejected, result.Outcome);
        Assert.Contains("Brand.EmailFrom", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_tried_again()
    {
        var channel = Channel();
        Directory.Delete(_folder.Path);
        await File.WriteAllTextAsync(_folder.Path, "in the way");

        var blocked = await channel.SendAsync(Messages.Plain());
        File.Delete(_folder.Path);
        var again = await channel.SendAsync(Messages.Plain());

        Assert.Equal(DeliveryOutcome.Retry, blocked.Outcome);
        Assert.Equal(DeliveryOutcome.Accepted, again.Outcome);
    }

    [Fact]
    public async Task It_is_bound_from_configuration_and_creates_its_folder()
    {
        var path = _folder.File("from-configuration");
        using var services = Services(builder => builder.AddPickupFolder().AddPickupFolder(), ("Support:PickupFolder:Path", path));

        var channel = Assert.Single(services.GetServices<IChannel>());
        await channel.SendAsync(Messages.Plain());

        Assert.Equal("email", channel.Name);
        Assert.True(File.Exists(Path.Combine(path, "0123456789abcdef.eml")));
    }

    [Fact]
    public void The_folder_is_mails_unless_it_is_named()
    {
        using var services = Services(builder => builder.AddPickupFolder(options => options.Path = _folder.File(options.Path)));

        Assert.Equal(_folder.File("mails"), services.GetRequiredService<IOptions<PickupFolderOptions>>().Value.Path);
    }

    [Fact]
    public async Task An_empty_path_stops_the_start_with_its_name()
    {
        var host = Host.CreateEmptyApplicationBuilder(settings: null);
        new Builder(host.Services).AddPickupFolder(options => options.Path = " ");
        using var application = host.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => application.StartAsync());

        Assert.Contains("Support:PickupFolder:Path", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_cannot_be_created_stops_the_start_with_its_name()
    {
        await File.WriteAllTextAsync(_folder.File("a-file"), "");
        using var services = Services(builder => builder.AddPickupFolder(options => options.Path = Path.Combine(_folder.File("a-file"), "mails")));

        var exception = Assert.Throws<OptionsValidationException>(() => services.GetServices<IChannel>().ToList());

        Assert.Contains("Support:PickupFolder:Path", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private PickupFolderChannel Channel() => new(Options.Create(new PickupFolderOptions { Path = _folder.Path }));

    // Every Message-ID line of the headers counts, so that an injected one is seen.
    private static IEnumerable<string> MessageIds(string path) =>
        File.ReadLines(path)
            .TakeWhile(line => line.Length > 0)
            .Where(line => line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase))
            .Select(line => line.Split('<', '@')[1]);

    private static ServiceProvider Services(Action<ISupportBuilder> add, params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build()
        );
        add(new Builder(services));
        return services.BuildServiceProvider();
    }

    private sealed record Builder(IServiceCollection Services) : ISupportBuilder;
}
