namespace ApiPoc.TaskMaster.Scheduling;

internal static class ScheduleRegistration
{
    public static IHostApplicationBuilder AddSchedules(this IHostApplicationBuilder builder)
    {
        builder.AddCheckedOptions<SchedulesOptions, SchedulesOptionsValidator>(SchedulesOptions.Section);
        builder.Services.AddSingleton<TickClaim>();
        builder.Services.AddSingleton<Scheduler>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Scheduler>());
        return builder;
    }
}
