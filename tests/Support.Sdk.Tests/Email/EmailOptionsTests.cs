using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Sdk.Deliveries;
using Support.Sdk.Email;
using Xunit;

namespace Support.Sdk.Tests.Email;

public sealed class EmailOptionsTests
{
    [Fact]
    public void Settings_come_from_the_configuration_and_then_from_the_code()
    {
        using var key = RSA.Create(2048);
        using var provider = Provider(
            new()
            {
                ["Support:Email:Host"] = "smtp.example.com",
                ["Support:Email:Security"] = "Tls",
                ["Support:Email:UserName"] = "shop",
                ["Support:Email:Password"] = "hush",
                ["Support:Email:Connections"] = "8",
                ["Support:Email:MaxPerSecond"] = "20",
                ["Support:Email:Timeout"] = "00:00:30",
                ["Support:Email:DomainsPerMinute:gmail.com"] = "60",
                ["Support:Email:Dkim:0:Domain"] = "shop.example",
                ["Support:Email:Dkim:0:Selector"] = "s1",
                ["Support:Email:Dkim:0:PrivateKey"] = key.ExportPkcs8PrivateKeyPem(),
            },
            options => options.Connections = 6
        );

        var options = provider.GetRequiredService<IOptions<EmailOptions>>().Value;
        var channel = Assert.Single(provider.GetServices<IChannel>());

        Assert.Equal(("smtp.example.com", EmailSecurity.Tls, "shop", "hush"), (options.Host, options.Security, options.UserName, options.Password));
        Assert.Equal(60, options.DomainsPerMinute["GMAIL.com"]);
        Assert.Equal("s1", Assert.Single(options.Dkim).Selector);
        Assert.Equal(("email", 6, 20, false), (channel.Name, channel.Traits.Parallelism, channel.Traits.MaxPerSecond, channel.Traits.Idempotent));
    }

    [Fact]
    public void Registering_twice_is_registering_once()
    {
        var services = Services([]);
        services.AddSupport().AddEmail(options => options.Host = "a.example").AddEmail(options => options.Connections = 2);
        using var provider = services.BuildServiceProvider();

        Assert.Single(provider.GetServices<IChannel>());
        Assert.Single(
            provider.GetServices<IConfigureOptions<EmailOptions>>(),
            binder => binder.GetType().Name.StartsWith("SectionBinder", StringComparison.Ordinal)
        );
        var options = provider.GetRequiredService<IOptions<EmailOptions>>().Value;
        Assert.Equal(("a.example", 2), (options.Host, options.Connections));
    }

    [Theory]
    [InlineData("Host", "")]
    [InlineData("Host", "smtp.example.com:587")]
    [InlineData("Host", "smtp example")]
    [InlineData("Port", "0")]
    [InlineData("Port", "65536")]
    [InlineData("Security", "7")]
    [InlineData("Security", "None")]
    [InlineData("UserName", "shop")]
    [InlineData("Password", "hush")]
    [InlineData("LocalDomain", "a b\r\nX")]
    [InlineData("CertificateAuthorityFile", "missing.pem")]
    [InlineData("Connections", "0")]
    [InlineData("Connections", "101")]
    [InlineData("MailsPerConnection", "0")]
    [InlineData("KeepIdle", "-00:00:01")]
    [InlineData("KeepIdle", "00:06:00")]
    [InlineData("Timeout", "00:00:00.5")]
    [InlineData("Timeout", "00:11:00")]
    [InlineData("MaxPerSecond", "0")]
    [InlineData("MaxPerDomainAndMinute", "0")]
    [InlineData("DomainsPerMinute:gmail.com", "0")]
    [InlineData("Dkim:0:Selector", "s1")]
    public void A_fault_names_the_setting_and_quotes_no_secret(string setting, string value)
    {
        using var provider = Provider(new() { ["Support:Email:Host"] = "smtp.example.com", [$"Support:Email:{setting}"] = value });

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<EmailOptions>>().Value);

        Assert.Contains("Support:Email:", exception.Message, StringComparison.Ordinal);
        Assert.Contains(setting.Split(':')[0], exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smtp.example.com", "StartTls", false)]
    [InlineData("smtp.example.com", "None", true)]
    [InlineData("localhost", "None", false)]
    [InlineData("127.0.0.1", "None", false)]
    [InlineData("::1", "None", false)]
    public void What_makes_sense_is_taken(string host, string security, bool allowed)
    {
        using var provider = Provider(
            new()
            {
                ["Support:Email:Host"] = host,
                ["Support:Email:Security"] = security,
                ["Support:Email:AllowUnencrypted"] = $"{allowed}",
            }
        );

        Assert.Equal(host, provider.GetRequiredService<IOptions<EmailOptions>>().Value.Host);
    }

    [Fact]
    public void A_container_that_is_disposed_at_once_takes_the_channel_with_it()
    {
        var provider = Provider(new() { ["Support:Email:Host"] = "smtp.example.com" });
        Assert.Single(provider.GetServices<IChannel>());

        Assert.Null(Record.Exception(provider.Dispose));
    }

    private static ServiceProvider Provider(Dictionary<string, string?> settings, Action<EmailOptions>? configure = null)
    {
        var services = Services(settings);
        services.AddSupport().AddEmail(configure);
        return services.BuildServiceProvider();
    }

    private static ServiceCollection Services(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging(logging => logging.ClearProviders());
        return services;
    }
}
