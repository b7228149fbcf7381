namespace ApiPoc.Domain.Jobs;

/// <summary>The headers with which an orchestrator hands a job to a worker (<c>POST /jobs</c>, the job as JSON), and the one of its answer. All may be absent.</summary>
public static class DispatchHeaders
{
    /// <summary>When the call may be sent, in µs since 1970 of the <see cref="Quotas.ISharedClock"/>; absent means at once.</summary>
    public const string StartAt = "x-start-at";

    /// <summary>The epoch of the breaker under which the call is sent.</summary>
    public const string BreakerEpoch = "x-breaker-epoch";

    /// <summary><c>1</c>: this call is the breaker's probe, granted with <see cref="BreakerEpoch"/>.</summary>
    public const string Probe = "x-breaker-probe";

    /// <summary>Of the answer: what the call taught, a <see cref="CallEvidence"/> as JSON. It comes at once; the outcome follows in the body when it is written down.</summary>
    public const string Call = "x-call";
}
