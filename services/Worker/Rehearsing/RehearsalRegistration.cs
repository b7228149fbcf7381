namespace ApiPoc.Worker.Rehearsing;

/// <summary>Adds the rehearsal before the process is ready.</summary>
internal static class RehearsalRegistration
{
    public static IHostApplicationBuilder AddRehearsal(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Rehearsal>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Rehearsal>());
        builder.Services.AddHealthChecks().AddCheck<Rehearsal>("rehearsal");
        return builder;
    }
}
