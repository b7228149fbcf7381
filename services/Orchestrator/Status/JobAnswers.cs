using System.Text.Json.Serialization;
using ApiPoc.Domain.Jobs;
using ApiPoc.Orchestrator.Lanes;

namespace ApiPoc.Orchestrator.Status;

/// <summary>The answer of <c>GET /jobs/{job_id}</c>. Moments are UTC, by this process's clock.</summary>
internal sealed record JobStatus(
    [property: JsonPropertyName("job_id")] string JobId,
    [property: JsonPropertyName("ledger")] RecordStatus Ledger,
    [property: JsonPropertyName("instance")] string Instance,
    [property: JsonPropertyName("in_hand")] IReadOnlyList<HeldStatus> InHand);

/// <summary>What all processes know of it.</summary>
internal sealed record RecordStatus(
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("attempts")] int Attempts,
    [property: JsonPropertyName("last_status")] int? LastStatus,
    [property: JsonPropertyName("last_reason")] string LastReason,
    [property: JsonPropertyName("lease_until")] DateTimeOffset? LeaseUntil)
{
    public static RecordStatus Of(JobRecord record, DateTimeOffset now) => new(
        record.Standing switch
        {
            JobStanding.Unknown => "not_begun",
            JobStanding.Open => "open",
            JobStanding.UnderWay => "under_way",
            JobStanding.Completed => "completed",
            _ => "given_up",
        },
        record.Attempts, record.LastStatus, record.LastReason, record.Standing == JobStanding.UnderWay ? now + record.BusyFor : null);
}

/// <summary>One message that asks for it, in this process's hands.</summary>
internal sealed record HeldStatus(
    [property: JsonPropertyName("message_id")] string MessageId,
    [property: JsonPropertyName("api_id")] string ApiId,
    [property: JsonPropertyName("tenant")] string Tenant,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("waiting_for")] string WaitingFor,
    [property: JsonPropertyName("until")] DateTimeOffset? Until)
{
    public static HeldStatus Of(HeldJob held, LaneWait? wait, DateTimeOffset now)
    {
        var (state, waitingFor, until) = wait switch
        {
            null when held.CallAt > now => ("with_worker", "its call's moment", held.CallAt),
            null => ("with_worker", "the worker's answer", (DateTimeOffset?)null),
            { For: "" } => ("waiting", "its turn", null),
            _ when wait == LaneWait.Jobs => ("waiting", "its turn", null),
            _ => ("waiting", wait.For, wait.Until),
        };
        return new(held.Message.MessageId, held.Job.ApiId, held.Request.Tenant, state, waitingFor, until);
    }
}
