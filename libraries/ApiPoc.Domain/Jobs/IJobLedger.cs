namespace ApiPoc.Domain.Jobs;

/// <summary>
/// Remembers, per job id, the attempts made and the one result. It makes at-least-once delivery have its effect once:
/// a result is recorded by the first attempt that completes, and never again.
/// </summary>
public interface IJobLedger
{
    /// <summary>Counts an attempt before its work begins, so that a crash counts too.</summary>
    /// <returns>A started attempt with its fence, or why there is none.</returns>
    Task<AttemptStart> BeginAsync(string jobId, int maxAttempts, CancellationToken cancellationToken);

    /// <summary>Records the result, once.</summary>
    /// <returns>False when a result was already there or a newer attempt has begun (this one is stale): the effect must not be repeated.</returns>
    Task<bool> CompleteAsync(string jobId, long fence, JobResult result, CancellationToken cancellationToken);

    /// <summary>Takes an attempt back: it was throttled, and throttled attempts never count.</summary>
    Task RefundAsync(string jobId, long fence, CancellationToken cancellationToken);

    /// <summary>Notes why an attempt failed; its count stands.</summary>
    Task FailAsync(string jobId, long fence, int? statusCode, string reason, CancellationToken cancellationToken);
}

/// <summary>The answer to beginning an attempt.</summary>
/// <param name="Kind">Whether it may begin.</param>
/// <param name="Fence">Grows with every attempt of the job; proves which is the newest.</param>
/// <param name="Attempts">Attempts counted, this one included.</param>
/// <param name="LastStatus">The status the last failed attempt noted, if any.</param>
/// <param name="LastReason">The reason the last failed attempt noted; empty when it ended without a word, as in a crash.</param>
public sealed record AttemptStart(AttemptStartKind Kind, long Fence, int Attempts, int? LastStatus, string LastReason);

/// <summary>Whether an attempt may begin.</summary>
public enum AttemptStartKind
{
    /// <summary>Begin.</summary>
    Started,

    /// <summary>A result is recorded: nothing to do.</summary>
    AlreadyCompleted,

    /// <summary>It has failed as often as allowed.</summary>
    Exhausted,
}

/// <summary>What is recorded for a completed job.</summary>
/// <param name="Operation">The job's operation.</param>
/// <param name="ApiId">The API called.</param>
/// <param name="Resource">The resource read.</param>
/// <param name="StatusCode">The API's status.</param>
/// <param name="Summary">What was learned, at most 4 KiB of JSON.</param>
public sealed record JobResult(string Operation, string ApiId, string Resource, int StatusCode, string Summary);
