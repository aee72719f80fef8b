using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Support.Sdk;
using Support.Sdk.Deliveries;
using Support.Sdk.Email;
using Support.Sdk.Email.Smtp;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers e-mail through a mail server.</summary>
public static class EmailExtensions
{
    /// <summary>Adds the channel <c>email</c> that hands each message to a mail server (SMTP).</summary>
    /// <param name="builder">What <c>AddSupport()</c> returned.</param>
    /// <param name="configure">Changes settings after they were bound from the section <c>Support:Email</c>.</param>
    /// <remarks>
    /// May be called several times. A mail server takes no idempotency key: when the connection breaks after a mail was handed over and
    /// before the answer, the mail is in doubt and kept for a person. Every other failure leaves it with the outbox, which comes again. A
    /// refusal that concerns the settings and not the recipient (sign-in, sender, relaying) rejects no mail; it is tried again, with a warning.
    /// </remarks>
    public static ISupportBuilder AddEmail(this ISupportBuilder builder, Action<EmailOptions>? configure = null)
    {
        builder.Services.AddSupportOptions<EmailOptions, EmailValidator>("Email", configure);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IChannel, SmtpChannel>());
        return builder;
    }

    /// <summary>Options that are bound from a section of <c>Support</c>, then configured, and validated at the start.</summary>
    internal static void AddSupportOptions<TOptions, TValidator>(this IServiceCollection services, string section, Action<TOptions>? configure)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().ValidateOnStart();
        if (!services.Any(service => service.ServiceType == typeof(SectionBinder<TOptions>)))
        {
            services.AddSingleton(provider => new SectionBinder<TOptions>(provider, section));
            services.AddSingleton<IConfigureOptions<TOptions>>(provider => provider.GetRequiredService<SectionBinder<TOptions>>());
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
        if (configure is not null)
        {
            services.Configure(configure);
        }
    }

    // An application without configuration, such as a small tool, is welcome.
    private sealed class SectionBinder<TOptions>(IServiceProvider services, string section) : IConfigureOptions<TOptions>
        where TOptions : class
    {
        public void Configure(TOptions options) => services.GetService<IConfiguration>()?.GetSection($"Support:{section}").Bind(options);
    }
}
