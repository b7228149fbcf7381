using System.Text.Json.Serialization;
using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;
using ApiPoc.Orchestrator.Lanes;

namespace ApiPoc.Orchestrator.Status;

/// <summary>The answer of <c>GET /status</c>.</summary>
internal sealed record OrchestratorStatus(
    [property: JsonPropertyName("instance")] string Instance,
    [property: JsonPropertyName("apis")] IReadOnlyList<LaneStatus> Apis);

/// <summary>One API in it.</summary>
internal sealed record LaneStatus(
    [property: JsonPropertyName("api_id")] string ApiId,
    [property: JsonPropertyName("breaker")] BreakerStatus Breaker,
    [property: JsonPropertyName("quota")] QuotaStatus Quota,
    [property: JsonPropertyName("jobs_in_hand")] int JobsInHand,
    [property: JsonPropertyName("in_flight")] int InFlight,
    [property: JsonPropertyName("waiting_for")] string WaitingFor,
    [property: JsonPropertyName("waiting_until")] DateTimeOffset? WaitingUntil)
{
    public static LaneStatus Of(Lane lane, BreakerReading reading, ApiClosing? closing)
    {
        // Also when nobody asks for permits, because all jobs in hand wait by themselves.
        var wait = closing is not null && reading.State.Circuit == CircuitState.Closed ? new LaneWait(closing.Reason, closing.Until) : lane.Wait;
        return new(lane.ApiId, BreakerStatus.Of(reading), QuotaStatus.Of(closing), lane.Counts.InHand, lane.Counts.InFlight, wait.For, wait.Until);
    }
}

/// <summary>An API's breaker in it.</summary>
internal sealed record BreakerStatus(
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("epoch")] long Epoch,
    [property: JsonPropertyName("reason")] string Reason,
    [property: JsonPropertyName("probe_in_ms")] long? ProbeInMs,
    [property: JsonPropertyName("probe_holder")] string? ProbeHolder,
    [property: JsonPropertyName("failed_probes")] int FailedProbes)
{
    public static BreakerStatus Of(BreakerReading reading) => new(
        reading.State.Circuit.ToString(), reading.State.Epoch, reading.State.Reason,
        reading.State.ProbeAt is { } probeAt ? (long)Math.Max(0, (probeAt - reading.Now).TotalMilliseconds) : null,
        reading.State.ProbeHolder, reading.State.Failures);
}

/// <summary>Whether 429s have closed an API's quota, in it. All but the first are null while it is open.</summary>
internal sealed record QuotaStatus(
    [property: JsonPropertyName("is_closed")] bool IsClosed,
    [property: JsonPropertyName("reason")] string? Reason,
    [property: JsonPropertyName("closed_since")] DateTimeOffset? ClosedSince,
    [property: JsonPropertyName("closed_until")] DateTimeOffset? ClosedUntil,
    [property: JsonPropertyName("opens_in_ms")] long? OpensInMs,
    [property: JsonPropertyName("refusals")] long? Refusals)
{
    public static QuotaStatus Of(ApiClosing? closing) => new(
        closing is not null, closing?.Reason, closing?.Since, closing?.Until, (long?)closing?.Left.TotalMilliseconds, closing?.Refusals);
}

/// <summary>The answer of <c>GET /results</c>.</summary>
internal sealed record LedgerStatus(
    [property: JsonPropertyName("recorded")] long Recorded,
    [property: JsonPropertyName("duplicates_refused")] long DuplicatesRefused,
    [property: JsonPropertyName("stale_completions")] long StaleCompletions,
    [property: JsonPropertyName("per_day")] IReadOnlyDictionary<string, long> PerDay)
{
    public static LedgerStatus Of(LedgerCounts counts) =>
        new(counts.Recorded, counts.DuplicatesRefused, counts.StaleCompletions, counts.PerDay);
}
