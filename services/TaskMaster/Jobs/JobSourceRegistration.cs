namespace ApiPoc.TaskMaster.Jobs;

internal static class JobSourceRegistration
{
    public static IHostApplicationBuilder AddJobSource(this IHostApplicationBuilder builder)
    {
        builder.AddCheckedOptions<JobSourceOptions, JobSourceOptionsValidator>(JobSourceOptions.Section);
        builder.Services.AddSingleton<JobSource>();
        return builder;
    }
}
