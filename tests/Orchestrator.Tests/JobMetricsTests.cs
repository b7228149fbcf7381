using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Jobs;
using ApiPoc.Orchestrator.Lanes;
using ApiPoc.Testing;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator.Tests;

public sealed class JobMetricsTests
{
    private static readonly Job Job = new() { JobId = "j", Operation = JobOperation.NewSurveys, ApiId = "ODG_SURVEYS", Resource = "survey" };

    [Fact]
    public void EveryInstrument_IsMeasuredWithItsTags()
    {
        var clock = new ManualTimeProvider();
        using var meters = new RecordedMeters();
        var apis = new ApisOptions { ["ODG_SURVEYS"] = new() };
        var lanes = new LaneSet(Options.Create(apis), Options.Create(new OrchestratorOptions()), clock);
        var metrics = new JobMetrics(meters, lanes, clock);
        var held = new HeldJob(new QueuedMessage("m", "r", "{}", 1, null, clock.GetUtcNow().AddSeconds(-3)), Job);
        lanes["ODG_SURVEYS"].TryHold(held);
        held.QuotaWait = new("acme", clock.GetUtcNow().AddSeconds(9));

        metrics.WorkerInvoked(Job);
        metrics.JobSettled(Job, new JobOutcome { Kind = JobOutcomeKind.Throttled });
        metrics.JobLost(Job);
        metrics.JobDeadLettered("ODG_SURVEYS", DeadLetterReason.Rejected);
        metrics.JobCompleted(held);
        metrics.DepthSeen(new QueueDepth(4, 3, 2, 1));
        meters.Observe();

        string[] expected =
        [
            "apipoc.jobs.invocations 1 {invocation} api_id=ODG_SURVEYS",
            "apipoc.jobs.settled 1 {attempt} api_id=ODG_SURVEYS operation=NEW_SURVEYS outcome=Throttled",
            "apipoc.jobs.lost 1 {attempt} api_id=ODG_SURVEYS",
            "apipoc.jobs.dead_lettered 1 {message} api_id=ODG_SURVEYS reason=rejected",
            "apipoc.jobs.time_to_completion 3 s api_id=ODG_SURVEYS operation=NEW_SURVEYS",
            "apipoc.jobs.in_hand 1 {job} api_id=ODG_SURVEYS",
            "apipoc.jobs.in_flight 0 {job} api_id=ODG_SURVEYS",
            "apipoc.jobs.waiting 1 {job} api_id=ODG_SURVEYS waiting_for=acme",
            "apipoc.queue.depth 4 {message} state=visible",
            "apipoc.queue.depth 3 {message} state=in_flight",
            "apipoc.queue.depth 2 {message} state=delayed",
            "apipoc.queue.depth 1 {message} state=dead_lettered",
        ];
        Assert.Equal(expected, meters.Measurements);
    }
}
