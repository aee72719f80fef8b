using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Support.Sdk.AspNetCore.Forms;

namespace Support.Sdk.AspNetCore.ContactForms;

/// <summary>What all forms of the pages share: their settings, and what was sent so far.</summary>
internal sealed record ContactSetup(ContactFormOptions Options, ContactLimits Limits)
{
    /// <summary>Reads the settings; the pages of one call count together.</summary>
    public static ContactSetup Of(IServiceProvider services)
    {
        var options = ContactSettings.Read(services);
#pragma warning disable CA2000 // It lives as long as the application, which disposes of it.
        var limits = new ContactLimits(options);
#pragma warning restore CA2000
        services.GetService<IHostApplicationLifetime>()?.ApplicationStopped.Register(limits.Dispose);
        return new ContactSetup(options, limits);
    }

    /// <summary>The gate for one request. The store is asked for only then, after the start has found one or has said which call is missing.</summary>
    public FormGate Gate(HttpContext context)
    {
        var judge = ActivatorUtilities.CreateInstance<FormJudge>(context.RequestServices, Limits);
        return ActivatorUtilities.CreateInstance<FormGate>(context.RequestServices, judge);
    }
}
