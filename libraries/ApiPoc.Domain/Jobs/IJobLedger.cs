namespace ApiPoc.Domain.Jobs;

/// <summary>
/// Remembers, per job id, the attempts made and the one result. It makes at-least-once delivery have its effect once:
/// a result is recorded by the newest attempt, and never again. Every member may throw <see cref="JobLedgerUnavailableException"/>.
/// </summary>
public interface IJobLedger
{
    /// <summary>Counts an attempt before its work begins, so that a crash counts too.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="maxAttempts">How many attempts may count; at least 1.</param>
    /// <param name="lease">How long the attempt may take: until then no other begins, so that a message delivered twice at once is worked on once.</param>
    /// <param name="slack">How long until the attempt's call could be sent: so long its begin may wait to be written together with others.</param>
    /// <param name="cancellationToken">Gives up waiting; the attempt may have been counted.</param>
    /// <returns>A started attempt with its fence, or why there is none.</returns>
    Task<AttemptStart> BeginAsync(string jobId, int maxAttempts, TimeSpan lease, TimeSpan slack, CancellationToken cancellationToken);

    /// <summary>Records the result, once, and ends the attempt.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="fence">The attempt's.</param>
    /// <param name="result">What is recorded.</param>
    /// <param name="slack">How long it may wait to be written together with others.</param>
    /// <param name="cancellationToken">Gives up waiting; it may have been recorded.</param>
    /// <returns>Whether it was recorded; when not, the effect must not be repeated.</returns>
    Task<Completion> CompleteAsync(string jobId, long fence, JobResult result, TimeSpan slack, CancellationToken cancellationToken);

    /// <summary>Takes an attempt back: it was throttled, or never sent, and such attempts never count.</summary>
    Task RefundAsync(string jobId, long fence, CancellationToken cancellationToken);

    /// <summary>Ends an attempt that failed, and notes why; its count stands.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="fence">The attempt's.</param>
    /// <param name="statusCode">The API's status, if it answered.</param>
    /// <param name="reason">Why it failed.</param>
    /// <param name="slack">How long it may wait to be written together with others.</param>
    /// <param name="cancellationToken">Gives up waiting; it may have been noted.</param>
    /// <returns>False when the job is no longer this attempt's: a newer one has begun, or it was given up. Then its answer decides nothing.</returns>
    Task<bool> FailAsync(string jobId, long fence, int? statusCode, string reason, TimeSpan slack, CancellationToken cancellationToken);

    /// <summary>Ends an attempt that is the job's last, and notes why: from now on none begins and no result is recorded, until it is reopened.</summary>
    /// <returns>False when the job is no longer this attempt's, as of <see cref="FailAsync"/>.</returns>
    Task<bool> GiveUpAsync(string jobId, long fence, int? statusCode, string reason, CancellationToken cancellationToken);

    /// <summary>Lets a job that was given up be tried anew, because somebody moved its message from the dead-letter queue back.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="redrive">Tells this move from others, e.g. the moved message's id: delivered again, it reopens nothing.</param>
    /// <param name="cancellationToken">Gives up waiting; the job may have been reopened.</param>
    /// <returns>Whether it had been given up, and now is not.</returns>
    Task<bool> ReopenAsync(string jobId, string redrive, CancellationToken cancellationToken);

    /// <summary>Ends whatever attempt is under way, because the process that made it is known to be gone; its count stands.</summary>
    Task AbandonAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>Where a job stands, for people; changes nothing.</summary>
    Task<JobRecord> LookAsync(string jobId, CancellationToken cancellationToken);

    /// <summary>What was recorded so far, for people.</summary>
    Task<LedgerCounts> CountAsync(CancellationToken cancellationToken);
}

/// <summary>The answer to beginning an attempt.</summary>
/// <param name="Kind">Whether it may begin.</param>
/// <param name="Fence">Grows with every attempt of the job; proves which is the newest.</param>
/// <param name="Attempts">Attempts counted, this one included.</param>
/// <param name="LastStatus">The status the last counted attempt before this one noted, if any.</param>
/// <param name="LastReason">The reason the last counted attempt before this one noted; empty when it ended without a word, as in a crash.</param>
/// <param name="BusyFor">In progress: how long until the other attempt's lease ends.</param>
public sealed record AttemptStart(AttemptStartKind Kind, long Fence, int Attempts, int? LastStatus, string LastReason, TimeSpan BusyFor);

/// <summary>Whether an attempt may begin.</summary>
public enum AttemptStartKind
{
    /// <summary>Begin.</summary>
    Started,

    /// <summary>A result is recorded: nothing to do.</summary>
    AlreadyCompleted,

    /// <summary>It was refused for good or has failed as often as allowed; no result of it is recorded.</summary>
    GivenUp,

    /// <summary>Another attempt is under way.</summary>
    InProgress,
}

/// <summary>What became of a result.</summary>
public enum Completion
{
    /// <summary>It is recorded.</summary>
    Recorded,

    /// <summary>One was recorded before: the job is done.</summary>
    AlreadyRecorded,

    /// <summary>A newer attempt has begun, or the job was given up: its message is no longer this attempt's to delete.</summary>
    Stale,
}

/// <summary>What is recorded for a completed job.</summary>
/// <param name="Operation">The job's operation.</param>
/// <param name="ApiId">The API called.</param>
/// <param name="Resource">The resource read.</param>
/// <param name="StatusCode">The API's status.</param>
/// <param name="Summary">What was learned, at most 4 KiB of JSON.</param>
public sealed record JobResult(string Operation, string ApiId, string Resource, int StatusCode, string Summary);

/// <summary>What a ledger holds and refused.</summary>
/// <param name="Recorded">Results recorded, each for another job.</param>
/// <param name="DuplicatesRefused">Attempts not begun, or results not recorded, because there was one.</param>
/// <param name="StaleCompletions">Results not recorded because a newer attempt had begun.</param>
/// <param name="PerDay">Results recorded per <c>yyyy-MM-dd:api_id</c>, by UTC.</param>
public sealed record LedgerCounts(
    long Recorded, long DuplicatesRefused, long StaleCompletions, IReadOnlyDictionary<string, long> PerDay);

/// <summary>The store behind an <see cref="IJobLedger"/> could not answer.</summary>
public sealed class JobLedgerUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
