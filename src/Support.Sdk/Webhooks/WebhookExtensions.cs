using Support.Sdk;
using Support.Sdk.Webhooks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers webhooks.</summary>
public static class WebhookExtensions
{
    /// <summary>Adds a webhook for a store without an adapter: an order as JSON, signed by the convention of Standard Webhooks.</summary>
    /// <param name="builder">What <c>AddSupport()</c> returned.</param>
    /// <param name="name">The last segment of the address; see <see cref="IWebhook.Name"/>.</param>
    /// <param name="secrets">The secrets; see <see cref="SignedWebhookOptions.Secrets"/>. They come besides those of the settings.</param>
    /// <remarks>
    /// <para>
    /// The sender posts the JSON of an order (<c>schemas/order-snapshot.json</c> in this package; also a parcel's news or a hint that an
    /// order changed) with three headers: <c>webhook-id</c>, which is the same when it posts again; <c>webhook-timestamp</c>, the
    /// seconds since 1970; and <c>webhook-signature</c>, <c>v1,</c> and the base64 of the HMAC-SHA256 of id, timestamp and raw
    /// body, joined by dots. <c>MapSupportWebhooks()</c> maps its address.
    /// </para>
    /// <para>The settings in <c>Support:Webhooks:NAME</c> alone add one as well.</para>
    /// </remarks>
    public static ISupportBuilder AddSignedWebhook(this ISupportBuilder builder, string name, params IReadOnlyList<string> secrets) =>
        builder.AddSignedWebhook(
            name,
            options =>
            {
                foreach (var secret in secrets)
                {
                    options.Secrets.Add(secret);
                }
            }
        );

    /// <summary>Adds a webhook for a store without an adapter, with settings of its own.</summary>
    /// <param name="builder">What <c>AddSupport()</c> returned.</param>
    /// <param name="name">The last segment of the address; see <see cref="IWebhook.Name"/>.</param>
    /// <param name="configure">Changes the settings after they were bound from <c>Support:Webhooks:NAME</c>; checked when the application starts.</param>
    public static ISupportBuilder AddSignedWebhook(this ISupportBuilder builder, string name, Action<SignedWebhookOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.Configure<SupportOptions>(options =>
        {
            if (!options.Webhooks.TryGetValue(name, out var webhook))
            {
                options.Webhooks[name] = webhook = new SignedWebhookOptions();
            }

            configure(webhook);
        });
        return builder;
    }
}
