using ApiPoc.Domain.Jobs;
using ApiPoc.Orchestrator.Lanes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ApiPoc.Orchestrator.Status;

/// <summary>What a person asks about one job.</summary>
internal static class JobEndpoints
{
    /// <summary>
    /// Maps <c>GET /jobs/{job_id}</c>: what the ledger knows of the job, and its messages in this process's hands, each with what it waits for
    /// and until when. 404 when neither knows it, 503 when Redis does not answer.
    /// </summary>
    public static RouteHandlerBuilder MapJob(this IEndpointRouteBuilder routes) => routes.MapGet("/jobs/{**jobId}", FindAsync);

    private static async Task<Results<Ok<JobStatus>, ProblemHttpResult>> FindAsync(
        string jobId, LaneSet lanes, IJobLedger ledger, InstanceName self, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            var record = await ledger.LookAsync(jobId, cancellationToken);
            var now = clock.GetUtcNow();
            HeldStatus[] held = [.. lanes.Find(jobId).Select(found => HeldStatus.Of(found.Held, found.Wait, now))];
            return record.Standing == JobStanding.Unknown && held.Length == 0
                ? Unknown()
                : TypedResults.Ok(new JobStatus(jobId, RecordStatus.Of(record, now), self.Value, held));
        }
        catch (JobLedgerUnavailableException)
        {
            return StatusEndpoints.Unavailable();
        }
    }

    private static ProblemHttpResult Unknown() => TypedResults.Problem(
        "No attempt of it has begun and this process does not hold it: it may stand on the queue, or in another orchestrator's hands.",
        statusCode: StatusCodes.Status404NotFound, title: "job_unknown");
}
