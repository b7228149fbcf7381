using System.Diagnostics;
using System.Diagnostics.Metrics;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Worker.Jobs;

/// <summary>What the worker does with jobs.</summary>
internal sealed class JobMetrics
{
    public const string MeterName = "ApiPoc.Jobs";

    private readonly UpDownCounter<long> _inFlight;
    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _callDuration;

    public JobMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _inFlight = meter.CreateUpDownCounter<long>("apipoc.worker.in_flight", "{job}", "Jobs being worked on.");
        _attempts = meter.CreateCounter<long>("apipoc.worker.attempts", "{attempt}", "Attempts ended, by outcome.");
        _callDuration = meter.CreateHistogram<double>("apipoc.worker.call.duration", "s", "From sending a call to the end of its answer.");
    }

    public void JobStarted() => _inFlight.Add(1);

    public void JobEnded() => _inFlight.Add(-1);

    public void AttemptEnded(Job job, JobOutcome outcome) => _attempts.Add(1, new TagList
    {
        { "api_id", job.ApiId }, { "operation", job.Operation }, { "outcome", outcome.Kind.ToString() },
    });

    public void CallEnded(string apiId, int? status, TimeSpan duration) => _callDuration.Record(
        duration.TotalSeconds, new("api_id", apiId), new("http.response.status_code", status ?? 0));
}
