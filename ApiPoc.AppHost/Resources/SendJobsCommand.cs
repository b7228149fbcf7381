namespace ApiPoc.AppHost.Resources;

internal static class SendJobsCommand
{
    /// <summary>Adds a button to the dashboard that lets the task master put that many jobs on the queue.</summary>
    public static IResourceBuilder<ProjectResource> WithSendJobsCommand(this IResourceBuilder<ProjectResource> taskMaster, int jobs) =>
        taskMaster.WithHttpCommand("/run", $"Send {jobs} jobs", commandName: $"send-{jobs}-jobs", commandOptions: new()
        {
            IconName = "Send",
            IsHighlighted = true,
            ResultMode = HttpCommandResultMode.Auto,
            // The command's path is only a path: Aspire escapes a question mark in it.
            PrepareRequest = context =>
            {
                context.Request.RequestUri = new Uri($"{context.Request.RequestUri}?count={jobs}");
                return Task.CompletedTask;
            },
        });
}
