using ApiPoc.ServiceDefaults.Rehearsing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.ServiceDefaults;

/// <summary>Adds a rehearsal before the process is ready.</summary>
public static class RehearsalRegistration
{
    /// <summary>Runs <typeparamref name="TRehearsal"/> when the process has started; <c>/ready</c> says no until it is over.</summary>
    /// <typeparam name="TRehearsal">What is gone through; one per process.</typeparam>
    public static IHostApplicationBuilder AddRehearsal<TRehearsal>(this IHostApplicationBuilder builder)
        where TRehearsal : class, IRehearsal
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddSingleton<IRehearsal, TRehearsal>();
        builder.Services.AddSingleton<RehearsalService>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RehearsalService>());
        builder.Services.AddHealthChecks().AddCheck<RehearsalService>("rehearsal");
        return builder;
    }
}
