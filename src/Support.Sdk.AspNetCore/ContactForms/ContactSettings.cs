using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Support.Sdk.AspNetCore.ContactForms;

/// <summary>Reads and checks <c>Support:Contact</c> when the pages are mapped.</summary>
internal static class ContactSettings
{
    private const int MaxPerAddress = 1000;
    private const int MaxPerShop = 10_000;

    /// <summary>What the configuration says, then what the application's own code changes.</summary>
    public static ContactFormOptions Read(IServiceProvider services)
    {
        var options = new ContactFormOptions();
        services.GetService<IConfiguration>()?.GetSection("Support:Contact").Bind(options);
        foreach (var configure in services.GetServices<IConfigureOptions<ContactFormOptions>>())
        {
            configure.Configure(options);
        }

        return Fault(options) is { } fault ? throw new InvalidOperationException(fault) : options;
    }

    private static string? Fault(ContactFormOptions options) =>
        options.MessagesPerAddress is < 1 or > MaxPerAddress ? "Support:Contact:MessagesPerAddress must lie between 1 and 1,000."
        : options.AddressWindow < TimeSpan.FromSeconds(1) || options.AddressWindow > TimeSpan.FromDays(1)
            ? "Support:Contact:AddressWindow must lie between 1 second and 1 day."
        : options.MessagesPerShopAndMinute is < 1 or > MaxPerShop ? "Support:Contact:MessagesPerShopAndMinute must lie between 1 and 10,000."
        : options.WidgetHosts.FirstOrDefault(host => !IsOrigin(host)) is { } host
            ? $"Support:Contact:WidgetHosts names '{host}'. Give an origin such as https://challenges.example.com."
        : null;

    // What is written into a policy must not be able to end it.
    private static bool IsOrigin(string host) =>
        Uri.TryCreate(host, UriKind.Absolute, out var address)
        && string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
        && string.Equals(address.GetLeftPart(UriPartial.Authority), host.TrimEnd('/'), StringComparison.Ordinal);
}
