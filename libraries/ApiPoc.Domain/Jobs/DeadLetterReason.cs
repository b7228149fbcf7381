namespace ApiPoc.Domain.Jobs;

/// <summary>The codes of <see cref="DeadLetter.Reason"/>.</summary>
public static class DeadLetterReason
{
    /// <summary>The body is not one JSON object of a job's shape.</summary>
    public const string BadMessage = "bad_message";

    /// <summary>The operation is not one we know.</summary>
    public const string UnknownOperation = "unknown_operation";

    /// <summary>No API of that id is configured.</summary>
    public const string UnknownApi = "unknown_api";

    /// <summary>The resource is not a plain relative path.</summary>
    public const string BadResource = "bad_resource";

    /// <summary>The message named an address other than the configured one.</summary>
    public const string UrlNotAllowed = "url_not_allowed";

    /// <summary>The API refused the job for the job's own fault (4xx other than 429).</summary>
    public const string Rejected = "rejected";

    /// <summary>The API answered 2xx with a body that cannot be read, or one too large.</summary>
    public const string BadAnswer = "bad_answer";

    /// <summary>It failed as often as allowed.</summary>
    public const string AttemptsExhausted = "attempts_exhausted";
}
