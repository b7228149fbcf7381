using ApiPoc.ExternalApi.Quotas;

namespace ApiPoc.ExternalApi.Throttling;

/// <summary>Tells the caller of its quota in headers, in one of four ways, for consumers must cope with each.</summary>
internal static class RateLimitHeaders
{
    /// <summary><c>RateLimit</c> and <c>RateLimit-Policy</c> (draft-ietf-httpapi-ratelimit-headers-10), and <c>Retry-After</c> on 429.</summary>
    public const string RateLimit = "ratelimit";

    /// <summary><c>X-RateLimit-Limit</c>, <c>-Remaining</c> and <c>-Reset</c> (in seconds from now) of the tightest quota, and <c>Retry-After</c> on 429.</summary>
    public const string Legacy = "legacy";

    /// <summary><c>Retry-After</c> on 429 only.</summary>
    public const string RetryAfter = "retry-after";

    /// <summary>Nothing: a bare 429.</summary>
    public const string None = "none";

    /// <summary>Every mode.</summary>
    public static IReadOnlyList<string> Modes { get; } = [RateLimit, Legacy, RetryAfter, None];

    /// <summary>Sets the headers of the mode.</summary>
    public static void Write(IHeaderDictionary headers, QuotaOutcome outcome)
    {
        if (outcome.HeaderMode != None && !outcome.Decision.IsAdmitted)
            headers.RetryAfter = $"{WholeSeconds(outcome.Decision.RetryAfter)}";

        // Callers that read one quota only should read the one that will refuse first.
        QuotaStatus[] tightest = [.. outcome.Quotas.OrderBy(quota => quota.Status.Remaining).ThenByDescending(quota => quota.Status.ResetAfter)];
        if (tightest.Length == 0)
            return;
        if (outcome.HeaderMode == RateLimit)
            WriteDraft(headers, tightest);
        else if (outcome.HeaderMode == Legacy)
            WriteLegacy(headers, tightest[0]);
    }

    /// <summary>A time in whole seconds, rounded up: after it, the quota is there.</summary>
    public static long WholeSeconds(TimeSpan span) => (long)Math.Ceiling(span.TotalSeconds);

    // The policy's w is in whole seconds as well; windows below one second are told as one.
    private static void WriteDraft(IHeaderDictionary headers, QuotaStatus[] quotas)
    {
        headers["RateLimit-Policy"] = string.Join(", ", quotas.Select(quota =>
            $"\"{quota.Status.Limit.Name}\";q={quota.Window.Count};w={WholeSeconds(quota.Window.Period)}"));
        headers["RateLimit"] = string.Join(", ", quotas.Select(quota =>
            $"\"{quota.Status.Limit.Name}\";r={quota.Status.Remaining};t={WholeSeconds(quota.Status.ResetAfter)}"));
    }

    private static void WriteLegacy(IHeaderDictionary headers, QuotaStatus quota)
    {
        headers["X-RateLimit-Limit"] = $"{quota.Window.Count}";
        headers["X-RateLimit-Remaining"] = $"{quota.Status.Remaining}";
        headers["X-RateLimit-Reset"] = $"{WholeSeconds(quota.Status.ResetAfter)}";
    }
}
