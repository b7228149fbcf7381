using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;
using ApiPoc.Orchestrator.Lanes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ApiPoc.Orchestrator.Status;

/// <summary>What a person asks an orchestrator.</summary>
internal static class StatusEndpoints
{
    /// <summary>
    /// Maps <c>GET /status</c> (this process's lanes, and the breakers and closings they share), <c>GET /results</c> and <c>GET /stats/invoke</c> (counts
    /// over all processes), and what <see cref="JobEndpoints"/> say of one job. 503 when Redis does not answer.
    /// </summary>
    public static RouteGroupBuilder MapStatus(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Status");
        group.MapGet("/status", StatusAsync);
        group.MapGet("/results", ResultsAsync);
        group.MapGet("/stats/invoke", InvocationsAsync);
        group.MapJob();
        return group;
    }

    private static async Task<Results<Ok<OrchestratorStatus>, ProblemHttpResult>> StatusAsync(
        LaneSet lanes, BreakerGate breaker, IQuotaGate quota, InstanceName self, CancellationToken cancellationToken)
    {
        try
        {
            var apis = await Task.WhenAll(lanes.All.Select(async lane => LaneStatus.Of(
                lane, await breaker.ReadAsync(lane.ApiId, cancellationToken), await quota.LookAsync(lane.ApiId, cancellationToken))));
            return TypedResults.Ok(new OrchestratorStatus(self.Value, apis));
        }
        catch (Exception failure) when (failure is BreakerUnavailableException or QuotaUnavailableException)
        {
            return Unavailable();
        }
    }

    private static async Task<Results<Ok<LedgerStatus>, ProblemHttpResult>> ResultsAsync(IJobLedger ledger, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Ok(LedgerStatus.Of(await ledger.CountAsync(cancellationToken)));
        }
        catch (JobLedgerUnavailableException)
        {
            return Unavailable();
        }
    }

    private static async Task<Results<Ok<IReadOnlyDictionary<string, long>>, ProblemHttpResult>> InvocationsAsync(
        IInvocationStats stats, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Ok(await stats.ReadAsync(cancellationToken));
        }
        catch (JobLedgerUnavailableException)
        {
            return Unavailable();
        }
    }

    internal static ProblemHttpResult Unavailable() =>
        TypedResults.Problem("The shared state did not answer.", statusCode: StatusCodes.Status503ServiceUnavailable, title: "state_unavailable");
}
