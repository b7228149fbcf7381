using System.Text.Json.Serialization;

namespace ApiPoc.Domain.Events;

/// <summary>A fact published on the topic <c>throttle-events</c> (JSON, snake case), with its type as message attribute.</summary>
public sealed record ThrottleEvent
{
    /// <summary>One of <see cref="ThrottleEventType"/>.</summary>
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    /// <summary>When it happened, ISO 8601, UTC.</summary>
    [JsonPropertyName("time")]
    public required DateTimeOffset Time { get; init; }

    /// <summary>The API concerned; empty for events of no API.</summary>
    [JsonPropertyName("api_id")]
    public string ApiId { get; init; } = "";

    /// <summary>Why, in one sentence without secrets.</summary>
    [JsonPropertyName("reason")]
    public string Reason { get; init; } = "";

    /// <summary>The trace in which it happened, for looking it up.</summary>
    [JsonPropertyName("trace_id")]
    public string? TraceId { get; init; }

    /// <summary>Facts of this type of event, e.g. <c>job_id</c>, <c>epoch</c>, <c>retry_after_ms</c>.</summary>
    [JsonPropertyName("data")]
    public IReadOnlyDictionary<string, string> Data { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>The types of <see cref="ThrottleEvent"/>.</summary>
public static class ThrottleEventType
{
    /// <summary>A breaker opened.</summary>
    public const string BreakerOpened = "breaker.opened";

    /// <summary>A probe began.</summary>
    public const string BreakerHalfOpened = "breaker.half-opened";

    /// <summary>A breaker closed.</summary>
    public const string BreakerClosed = "breaker.closed";

    /// <summary>An API was closed by a 429, for long enough to be told of.</summary>
    public const string QuotaClosed = "quota.closed";

    /// <summary>After that, a call was accepted again.</summary>
    public const string QuotaReopened = "quota.reopened";

    /// <summary>A job was handed back because the API throttled it.</summary>
    public const string JobRequeued = "job.requeued";

    /// <summary>A job went to the dead-letter queue.</summary>
    public const string JobDeadLettered = "job.dead-lettered";

    /// <summary>Work was found after an idle time.</summary>
    public const string RunStarted = "run.started";

    /// <summary>The queue is empty and nothing is in flight.</summary>
    public const string RunFinished = "run.finished";

    /// <summary>An alarm changed its state.</summary>
    public const string AlarmChanged = "alarm.changed";

    /// <summary>Every type, for validating filters.</summary>
    public static IReadOnlyList<string> All { get; } =
        [BreakerOpened, BreakerHalfOpened, BreakerClosed, QuotaClosed, QuotaReopened, JobRequeued, JobDeadLettered, RunStarted, RunFinished, AlarmChanged];
}
