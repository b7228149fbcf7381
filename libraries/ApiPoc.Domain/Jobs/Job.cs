using System.Text.Json.Serialization;

namespace ApiPoc.Domain.Jobs;

/// <summary>One message of work, as it stands on the queue (JSON, snake case).</summary>
public sealed record Job
{
    /// <summary>Identifies the work for ever: its result is recorded once per id. The queue's message id where the sender gave none.</summary>
    [JsonPropertyName("job_id")]
    public string JobId { get; init; } = "";

    /// <summary>What to do with the answer; one of <see cref="JobOperation"/>'s names.</summary>
    [JsonPropertyName("operation")]
    public required string Operation { get; init; }

    /// <summary>The configured API to call, e.g. <c>ODG_SURVEYS</c>.</summary>
    [JsonPropertyName("api_id")]
    public required string ApiId { get; init; }

    /// <summary>The path to read, relative to the API's base address, e.g. <c>survey/1/interview</c>.</summary>
    [JsonPropertyName("resource")]
    public required string Resource { get; init; }

    /// <summary>Where the job came from, for people; free text.</summary>
    [JsonPropertyName("source_id")]
    public string? SourceId { get; init; }

    /// <summary>Accepted for compatibility: the address comes from configuration, and another host is refused as <c>url_not_allowed</c>.</summary>
    [JsonPropertyName("api_url")]
    public string? ApiUrl { get; init; }

    /// <summary>Whose share of the quota it uses; null is the default tenant.</summary>
    [JsonPropertyName("tenant")]
    public string? Tenant { get; init; }
}

/// <summary>The operations a job can ask for.</summary>
public static class JobOperation
{
    /// <summary>New surveys were announced: read and record them.</summary>
    public const string NewSurveys = "NEW_SURVEYS";

    /// <summary>New interviews of a survey.</summary>
    public const string NewInterviews = "NEW_INTERVIEWS";

    /// <summary>New attachments of an interview.</summary>
    public const string NewAttachments = "NEW_ATTACHMENTS";

    /// <summary>One free call to learn whether the API answers again; never queued.</summary>
    public const string HealthCheck = "HEALTH_CHECK";

    /// <summary>Every operation.</summary>
    public static IReadOnlyList<string> All { get; } = [NewSurveys, NewInterviews, NewAttachments, HealthCheck];
}
