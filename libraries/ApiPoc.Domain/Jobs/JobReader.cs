using System.Text;
using System.Text.Json;
using ApiPoc.Domain.Apis;

namespace ApiPoc.Domain.Jobs;

/// <summary>
/// Reads a message into a job, or says why it can never be one. What it accepts can be acted on without further doubt; what it refuses
/// is described without being quoted, for a message may hold anything.
/// </summary>
public sealed class JobReader(ApisOptions apis)
{
    /// <summary>The largest body read, in UTF-8 bytes: what the queue itself allows.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int MaxIdLength = 200;
    private const int MaxTextLength = 1024;

    // No unknown, missing or repeated members, nothing null that must not be.
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Strict);

    /// <summary>Reads a queued message; <see cref="Job.JobId"/> is the message's id where the sender gave none.</summary>
    public JobReading ReadMessage(QueuedMessage message)
    {
        var reading = Read(message.Body, message.MessageId);
        return reading.Job is { Operation: JobOperation.HealthCheck }
            ? JobReading.Refused(DeadLetterReason.UnknownOperation, "HEALTH_CHECK is an orchestrator's call to a worker and never queued.")
            : reading;
    }

    /// <summary>Reads a job, from wherever it comes.</summary>
    /// <param name="body">One JSON object.</param>
    /// <param name="idWhenAbsent">The job's id when the body names none.</param>
    public JobReading Read(string body, string idWhenAbsent)
    {
        if (Encoding.UTF8.GetByteCount(body) > MaxBytes)
            return Bad($"The body is larger than {MaxBytes} bytes.");
        try
        {
            return JsonSerializer.Deserialize<Job>(body, Strict) is { } job
                ? Check(job with { JobId = job.JobId.Length == 0 ? idWhenAbsent : job.JobId })
                : Bad("The body is null.");
        }
        catch (JsonException failure)
        {
            return Bad($"The body is not a job: line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}.");
        }
    }

    private JobReading Check(Job job)
    {
        if (job.JobId.Length is 0 or > MaxIdLength || job.JobId.Any(character => character is <= ' ' or > '~'))
            return Bad($"job_id is not 1 to {MaxIdLength} visible ASCII characters.");
        if (IsBadText(job.SourceId) || IsBadText(job.Tenant))
            return Bad($"source_id or tenant is longer than {MaxTextLength} characters or holds control characters.");
        if (!JobOperation.All.Contains(job.Operation))
            return JobReading.Refused(DeadLetterReason.UnknownOperation, $"operation is none of {string.Join(", ", JobOperation.All)}.");
        if (!apis.TryGetValue(job.ApiId, out var api))
            return JobReading.Refused(DeadLetterReason.UnknownApi, $"api_id is none of {string.Join(", ", apis.Keys)}.");
        if (!IsAllowed(job.ApiUrl, api))
            return JobReading.Refused(DeadLetterReason.UrlNotAllowed, $"api_url is not on the host configured for {job.ApiId}.");
        if (job.Operation == JobOperation.HealthCheck)
            return new(job with { Resource = "" }, null);
        if (!ResourceRules.IsPlain(job.Resource))
            return JobReading.Refused(DeadLetterReason.BadResource, ResourceRules.Rule);
        return new(job with { Resource = ResourceRules.Normalize(job.Resource) }, null);
    }

    private static bool IsAllowed(string? apiUrl, ApiOptions api) =>
        string.IsNullOrEmpty(apiUrl) || AddressRules.HasSameOrigin(apiUrl, api.BaseAddress!);

    internal static bool IsBadText(string? text) => text is not null && (text.Length > MaxTextLength || text.Any(char.IsControl));

    private static JobReading Bad(string detail) => JobReading.Refused(DeadLetterReason.BadMessage, detail);
}

/// <summary>A job, or why the message is none: exactly one of both.</summary>
public sealed record JobReading(Job? Job, DeadLetter? DeadLetter)
{
    internal static JobReading Refused(string reason, string detail) => new(null, new DeadLetter(reason, detail, Attempts: 0, LastStatus: null));
}
