using ApiPoc.ServiceDefaults.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.ServiceDefaults;

/// <summary>What every process does alike.</summary>
public static class ServiceDefaultsRegistration
{
    // Under the 30 s after which container platforms kill, so that a stop is always ours.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(25);

    /// <summary>
    /// Telemetry, console logs, health checks, the system's clock, problem details, HTTP server limits and 25 s to finish work
    /// when stopped. Comes first in Program.cs: what is registered later may override it.
    /// </summary>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.AddTelemetry();
        builder.AddConsoleLogs();
        builder.AddHttpServerLimits();
        builder.AddDefaultHealthChecks();

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddProblemDetails();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        return builder;
    }
}
