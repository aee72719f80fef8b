using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Support.Sdk;
using Support.Sdk.Deliveries;
using Support.Sdk.Email;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the pickup folder.</summary>
public static class PickupFolderExtensions
{
    /// <summary>Adds the channel <c>email</c> that writes each message as an <c>.eml</c> file, for a mail server to pick up or a person to read.</summary>
    /// <param name="builder">What <c>AddSupport()</c> returned.</param>
    /// <param name="configure">Changes settings after they were bound from the section <c>Support:PickupFolder</c>.</param>
    /// <remarks>May be called several times. Handing over the same message again leaves its file as it is.</remarks>
    public static ISupportBuilder AddPickupFolder(this ISupportBuilder builder, Action<PickupFolderOptions>? configure = null)
    {
        builder.Services.AddSupportOptions<PickupFolderOptions, PickupFolderValidator>("PickupFolder", configure);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IChannel, PickupFolderChannel>());
        return builder;
    }

    // The folder is made here, so that a place that cannot be written stops the start and not the first mail.
    private sealed class PickupFolderValidator : IValidateOptions<PickupFolderOptions>
    {
        public ValidateOptionsResult Validate(string? name, PickupFolderOptions options)
        {
            if (string.IsNullOrWhiteSpace(options.Path))
            {
                return ValidateOptionsResult.Fail("Support:PickupFolder:Path is empty. Name the folder for the .eml files, or leave it out for 'mails'.");
            }

            try
            {
                Directory.CreateDirectory(options.Path);
                return ValidateOptionsResult.Success;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                return ValidateOptionsResult.Fail(
                    $"Support:PickupFolder:Path '{options.Path}' cannot be created: {exception.Message} Name a folder that can be written."
                );
            }
        }
    }
}
