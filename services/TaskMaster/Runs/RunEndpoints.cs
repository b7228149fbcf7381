using System.Text.Json.Serialization;
using ApiPoc.Domain.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ApiPoc.TaskMaster.Runs;

/// <summary><c>POST /run?count=N</c>: sends N jobs now.</summary>
internal static class RunEndpoints
{
    public static IEndpointConventionBuilder MapRuns(this IEndpointRouteBuilder routes) => routes.MapPost("/run", SendAsync);

    private static async Task<Results<Ok<SentRun>, ProblemHttpResult>> SendAsync(
        string? count, RunSender runs, TimeProvider clock, CancellationToken cancellationToken)
    {
        // TryParse alone would take spaces, a sign, and a number followed by NUL characters.
        if (count is null || !count.All(char.IsAsciiDigit) || !int.TryParse(count, out int jobs) || jobs is < 1 or > RunSender.MaxJobs)
            return Problem(StatusCodes.Status400BadRequest, "bad_count", $"count has to be a whole number from 1 to {RunSender.MaxJobs}");

        string runId = RunId.Create(RunSource.Request, clock);
        try
        {
            await runs.SendAsync(runId, RunSource.Request, jobs, cancellationToken);
            return TypedResults.Ok(new SentRun(runId, jobs));
        }
        catch (JobQueueUnavailableException)
        {
            return Problem(StatusCodes.Status503ServiceUnavailable, "queue_unavailable", $"not all jobs of run {runId} could be sent");
        }
    }

    private static ProblemHttpResult Problem(int statusCode, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: statusCode, extensions: [KeyValuePair.Create("code", (object?)code)]);

    private sealed record SentRun([property: JsonPropertyName("run_id")] string RunId, [property: JsonPropertyName("count")] int Count);
}
