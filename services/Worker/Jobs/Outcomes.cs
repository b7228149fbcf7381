using ApiPoc.Domain.Jobs;

namespace ApiPoc.Worker.Jobs;

/// <summary>The outcomes a worker gives, each with what belongs to it.</summary>
internal static class Outcomes
{
    /// <summary>How long another attempt of the job, or a store that does not answer, is left alone.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static JobOutcome Busy(string reason, TimeSpan? retryAfter = null) =>
        new() { Kind = JobOutcomeKind.Busy, Reason = reason, RetryAfterMs = Milliseconds(retryAfter) };

    public static JobOutcome LedgerUnavailable() => Busy("ledger_unavailable", Pause);

    public static JobOutcome Completed(int? status, int attempts) =>
        new() { Kind = JobOutcomeKind.Completed, StatusCode = status, Attempts = attempts };

    public static JobOutcome Throttled(TimeSpan? retryAfter, string detail) =>
        new() { Kind = JobOutcomeKind.Throttled, StatusCode = 429, Reason = "throttled", Detail = detail, RetryAfterMs = Milliseconds(retryAfter) };

    public static JobOutcome Failed(int? status, string reason, int attempts, TimeSpan retryAfter) => new()
    {
        Kind = JobOutcomeKind.Failed,
        StatusCode = status,
        Reason = reason,
        Attempts = attempts,
        RetryAfterMs = Milliseconds(retryAfter),
    };

    public static JobOutcome Rejected(string reason, string detail, int? status = null, int attempts = 0) =>
        new() { Kind = JobOutcomeKind.Rejected, StatusCode = status, Reason = reason, Detail = detail, Attempts = attempts };

    /// <summary>A job that has failed as often as allowed is given up, with the reason its last attempt noted.</summary>
    public static JobOutcome Exhausted(string lastReason, int? lastStatus, int attempts) => Rejected(
        lastReason == DeadLetterReason.BadAnswer ? DeadLetterReason.BadAnswer : DeadLetterReason.AttemptsExhausted,
        $"Failed {attempts} times, the last: {(lastReason.Length > 0 ? lastReason : "ended without a word, as in a crash")}.", lastStatus, attempts);

    /// <summary>A job that was given up before, by an attempt of another of its messages or of this one.</summary>
    public static JobOutcome GivenUp(string lastReason, int? lastStatus, int attempts) => lastReason == DeadLetterReason.Rejected
        ? Rejected(lastReason, "The API refused it before.", lastStatus, attempts)
        : Exhausted(lastReason, lastStatus, attempts);

    private static long? Milliseconds(TimeSpan? time) => time is { } wait ? (long)Math.Ceiling(wait.TotalMilliseconds) : null;
}
