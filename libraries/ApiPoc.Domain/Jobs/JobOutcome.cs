using System.Text.Json.Serialization;

namespace ApiPoc.Domain.Jobs;

/// <summary>What a worker answers about one attempt, and an orchestrator acts on.</summary>
public sealed record JobOutcome
{
    /// <summary>The <see cref="Reason"/> of a worker without a place: another may have one.</summary>
    public const string NoPlace = "no_place";

    /// <summary>What came of the attempt.</summary>
    [JsonPropertyName("outcome")]
    public required JobOutcomeKind Kind { get; init; }

    /// <summary>The API's HTTP status, when it answered.</summary>
    [JsonPropertyName("status_code")]
    public int? StatusCode { get; init; }

    /// <summary>A <see cref="DeadLetterReason"/> or a short word for logs.</summary>
    [JsonPropertyName("reason")]
    public string Reason { get; init; } = "";

    /// <summary>One sentence for people.</summary>
    [JsonPropertyName("detail")]
    public string Detail { get; init; } = "";

    /// <summary>Throttled or failed: how long to hold the job back, in milliseconds.</summary>
    [JsonPropertyName("retry_after_ms")]
    public long? RetryAfterMs { get; init; }

    /// <summary>Failed attempts counted against the job so far.</summary>
    [JsonPropertyName("attempts")]
    public int Attempts { get; init; }

    /// <summary>Whether the API was called, and with it the permit used.</summary>
    [JsonPropertyName("call_sent")]
    public bool IsCallSent { get; init; }
}

/// <summary>The outcomes of an attempt.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobOutcomeKind>))]
public enum JobOutcomeKind
{
    /// <summary>The result is recorded, now or by an earlier attempt: delete the message.</summary>
    Completed,

    /// <summary>The API said 429: hand the job back; the attempt does not count.</summary>
    Throttled,

    /// <summary>It failed and may be tried again; the attempt counts.</summary>
    Failed,

    /// <summary>It can never succeed, or has failed often enough: dead-letter it.</summary>
    Rejected,

    /// <summary>The worker has no place for it: hand it back at once; the attempt does not count.</summary>
    Busy,
}
