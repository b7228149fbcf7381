using ApiPoc.Domain.Quotas;

namespace ApiPoc.Worker.Apis;

/// <summary>What came of one call.</summary>
/// <param name="SentAt">When the request was sent.</param>
/// <param name="AnsweredAt">When the headers arrived; the same as <paramref name="SentAt"/> when none did.</param>
/// <param name="Status">The HTTP status; null when no answer came.</param>
/// <param name="Quota">What the headers said of the quota.</param>
/// <param name="Body">The body, decompressed; empty when it is not whole.</param>
/// <param name="Failure">What was wrong with the transfer; null when nothing was.</param>
internal sealed record ApiAnswer(
    DateTimeOffset SentAt, DateTimeOffset AnsweredAt, int? Status, QuotaHeaders Quota, ReadOnlyMemory<byte> Body, string? Failure)
{
    /// <summary>The total time was over before the body was whole.</summary>
    public const string Timeout = "timeout";

    /// <summary>No connection could be made, or it ended early.</summary>
    public const string Disconnected = "connection failed";

    /// <summary>The body is larger than is read.</summary>
    public const string TooLarge = "body larger than 1 MiB";

    /// <summary>The body's compression is broken.</summary>
    public const string Garbled = "body cannot be decompressed";

    /// <summary>Whether the API said that the body is JSON: then it has to be, if there is one. Of any other only the size is recorded.</summary>
    public bool IsJson { get; init; }

    /// <summary>What the answer means for the job and the API.</summary>
    public Verdict Verdict => Status switch
    {
        429 => Verdict.Throttled,
        null or >= 500 => Verdict.Failed,
        >= 200 and < 300 => Failure switch
        {
            null => Verdict.Answered,
            TooLarge or Garbled => Verdict.Unreadable,
            _ => Verdict.Failed,
        },
        _ => Verdict.Refused,
    };

    /// <summary>The answer in a few words, for people.</summary>
    public string Words => (Status, Failure) switch
    {
        ({ } status, null) => $"{status}",
        ({ } status, _) => $"{status}, {Failure}",
        _ => Failure ?? "no answer",
    };
}

/// <summary>The kinds of answers.</summary>
internal enum Verdict
{
    /// <summary>2xx with a whole body.</summary>
    Answered,

    /// <summary>429.</summary>
    Throttled,

    /// <summary>5xx, a time-out or no connection: the API is not well.</summary>
    Failed,

    /// <summary>Another status: the API is well and the job is at fault. Redirects are among them, for they are not followed.</summary>
    Refused,

    /// <summary>2xx with a body that cannot be read.</summary>
    Unreadable,
}
