namespace ApiPoc.TaskMaster.Runs;

internal static class RunRegistration
{
    public static IHostApplicationBuilder AddRuns(this IHostApplicationBuilder builder)
    {
        builder.AddCheckedOptions<RunsOptions>(RunsOptions.Section);
        builder.Services.AddSingleton<RunMetrics>();
        builder.Services.AddSingleton<RunSender>();
        builder.Services.AddHostedService<FirstRun>();
        return builder;
    }
}
