using ApiPoc.ExternalApi.Admin;

namespace ApiPoc.ExternalApi.Faults;

/// <summary>Adds the faults.</summary>
internal static class FaultsRegistration
{
    public static void AddFaults(this IHostApplicationBuilder builder)
    {
        builder.AddCheckedOptions<FaultOptions, FaultOptionsValidator>(FaultOptions.Section);
        builder.Services.AddSingleton<Random>();
        builder.Services.AddSingleton<LiveSwitch<FaultOptions>>();
        builder.Services.AddSingleton<FaultInjection>();
        if (builder.Environment.IsDevelopment())
            builder.Services.AddHostedService<OtherClient>();
    }
}
