using System.Diagnostics;
using System.Diagnostics.Metrics;
using ApiPoc.Domain.Jobs;
using ApiPoc.Orchestrator.Lanes;

namespace ApiPoc.Orchestrator;

/// <summary>What the orchestrator does with jobs.</summary>
internal sealed class JobMetrics
{
    public const string MeterName = "ApiPoc.Jobs";

    private readonly TimeProvider _clock;
    private readonly LaneSet _lanes;
    private readonly Counter<long> _settled;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _deadLettered;
    private readonly Counter<long> _invocations;
    private readonly Histogram<double> _timeToCompletion;
    private QueueDepth? _depth;

    public JobMetrics(IMeterFactory meters, LaneSet lanes, TimeProvider clock)
    {
        (_lanes, _clock) = (lanes, clock);
        var meter = meters.Create(MeterName);
        _settled = meter.CreateCounter<long>("apipoc.jobs.settled", "{attempt}", "Attempts settled, by outcome.");
        _lost = meter.CreateCounter<long>("apipoc.jobs.lost", "{attempt}", "Attempts whose worker did not answer.");
        _deadLettered = meter.CreateCounter<long>("apipoc.jobs.dead_lettered", "{message}", "Messages given up, by reason.");
        _invocations = meter.CreateCounter<long>("apipoc.jobs.invocations", "{invocation}", "Workers invoked.");
        _timeToCompletion = meter.CreateHistogram<double>("apipoc.jobs.time_to_completion", "s", "From a job's sending to its recorded result.");
        meter.CreateObservableGauge("apipoc.jobs.in_hand", () => PerLane(counts => counts.InHand), "{job}", "Jobs received and neither deleted nor handed back.");
        meter.CreateObservableGauge("apipoc.jobs.in_flight", () => PerLane(counts => counts.InFlight), "{job}", "Jobs handed to workers.");
        meter.CreateObservableGauge("apipoc.jobs.waiting", Waiting, "{job}", "Jobs in hand that wait for the quota, by the limit they wait for.");
        meter.CreateObservableGauge("apipoc.queue.depth", Depth, "{message}", "Messages on the queue of jobs and on its dead-letter queue, approximately.");
    }

    public void WorkerInvoked(Job job) => _invocations.Add(1, ApiOf(job));

    public void JobSettled(Job job, JobOutcome outcome) =>
        _settled.Add(1, new TagList { { "api_id", job.ApiId }, { "operation", job.Operation }, { "outcome", outcome.Kind.ToString() } });

    public void JobLost(Job job) => _lost.Add(1, ApiOf(job));

    public void JobDeadLettered(string apiId, string reason) => _deadLettered.Add(1, new("api_id", apiId), new("reason", reason));

    public void JobCompleted(HeldJob job)
    {
        // By two clocks, the queue's and ours: never below zero.
        if (job.Message.SentAt is { } sentAt)
            _timeToCompletion.Record(Math.Max(0, (_clock.GetUtcNow() - sentAt).TotalSeconds), ApiOf(job.Job), new("operation", job.Job.Operation));
    }

    public void DepthSeen(QueueDepth depth) => _depth = depth;

    private IEnumerable<Measurement<int>> PerLane(Func<LaneCounts, int> count) =>
        _lanes.All.Select(lane => new Measurement<int>(count(lane.Counts), new KeyValuePair<string, object?>("api_id", lane.ApiId)));

    private IEnumerable<Measurement<int>> Waiting() => _lanes.All.SelectMany(
        lane => lane.WaitingForQuota(), (lane, wait) => new Measurement<int>(wait.Value, new("api_id", lane.ApiId), new("waiting_for", wait.Key)));

    private IEnumerable<Measurement<long>> Depth() => _depth is not { } depth ? [] :
    [
        new(depth.Visible, State("visible")), new(depth.InFlight, State("in_flight")),
        new(depth.Delayed, State("delayed")), new(depth.DeadLettered, State("dead_lettered")),
    ];

    private static KeyValuePair<string, object?> ApiOf(Job job) => new("api_id", job.ApiId);

    private static KeyValuePair<string, object?> State(string name) => new("state", name);
}
