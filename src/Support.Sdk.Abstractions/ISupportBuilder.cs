using Microsoft.Extensions.DependencyInjection;

namespace Support.Sdk;

/// <summary>What <c>AddSupport()</c> returns; every package hangs its <c>AddX()</c> on it.</summary>
public interface ISupportBuilder
{
    /// <summary>The services of the application.</summary>
    IServiceCollection Services { get; }
}
