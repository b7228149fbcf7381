using ApiPoc.Domain.Jobs;

namespace ApiPoc.Worker.Jobs;

/// <summary>Where orchestrators, and people, hand in jobs.</summary>
internal static class JobEndpoints
{
    /// <summary>
    /// Maps <c>POST /jobs</c>: a job as JSON, answered 200 with its <see cref="JobOutcome"/> whatever that is, and before with what its call taught
    /// (<see cref="DispatchHeaders.Call"/>).
    /// </summary>
    public static RouteGroupBuilder MapJobs(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/jobs").WithTags("Jobs");
        group.MapPost("", HandleAsync).Produces<JobOutcome>();
        return group;
    }

    private static async Task HandleAsync(HttpContext context, JobHandler jobs)
    {
        var dispatch = Dispatch.Read(context.Request.Headers);
        using var reader = new StreamReader(context.Request.Body);
        string body = await reader.ReadToEndAsync(context.RequestAborted);
        var reply = new JobReply(context.Response);
        await reply.EndAsync(await jobs.HandleAsync(body, dispatch, reply));
    }
}
