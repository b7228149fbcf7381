using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Orchestrator.Lanes;

/// <summary>A job whose message this process has received and neither deleted nor handed back.</summary>
internal sealed class HeldJob(QueuedMessage message, Job job)
{
    public QueuedMessage Message { get; } = message;

    public Job Job { get; } = job;

    /// <summary>What is asked of the quota engine; by this very object the answer finds its way back.</summary>
    public PermitRequest Request { get; } = new(job.JobId, job.Resource, job.Tenant ?? "");

    /// <summary>Which of its API's declared limits it charges: those that charge the same wait for the same.</summary>
    public string Limits { get; set; } = "";

    /// <summary>What the quota engine last said that it waits for.</summary>
    public LaneWait QuotaWait { get; set; } = LaneWait.Nothing;

    /// <summary>Why it was put back the last time, and until when.</summary>
    public LaneWait Pause { get; set; } = LaneWait.Nothing;

    /// <summary>Not dispatched before this moment.</summary>
    public DateTimeOffset NotBefore => Pause.Until ?? DateTimeOffset.MinValue;

    /// <summary>In flight: when its call may be sent.</summary>
    public DateTimeOffset CallAt { get; set; }
}
