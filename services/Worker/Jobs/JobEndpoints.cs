using ApiPoc.Domain.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ApiPoc.Worker.Jobs;

/// <summary>Where orchestrators, and people, hand in jobs.</summary>
internal static class JobEndpoints
{
    /// <summary>Maps <c>POST /jobs</c>: a job as JSON, answered 200 with its <see cref="JobOutcome"/> whatever that is.</summary>
    public static RouteGroupBuilder MapJobs(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/jobs").WithTags("Jobs");
        group.MapPost("", HandleAsync);
        return group;
    }

    private static async Task<Ok<JobOutcome>> HandleAsync(HttpRequest request, JobHandler jobs)
    {
        var dispatch = Dispatch.Read(request.Headers);
        using var reader = new StreamReader(request.Body);
        string body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        return TypedResults.Ok(await jobs.HandleAsync(body, dispatch));
    }
}
