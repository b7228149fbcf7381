using System.Globalization;
using System.Net.Http.Headers;

namespace ApiPoc.Domain.Quotas;

/// <summary>The <c>X-RateLimit-*</c> family, which no standard describes; its reset is seconds from now with some and a Unix time with others.</summary>
internal static class XRateLimitHeaders
{
    // A reset of more seconds than this is a point in time: 10^8 s are three years, and as a Unix time 1973.
    private const double LongestDelaySeconds = 1e8;
    private const double LongestUnixSeconds = 1e11;

    /// <summary>What they say; null when they say nothing.</summary>
    public static QuotaHeaders? Read(HttpHeaders headers, DateTimeOffset now)
    {
        var limit = QuotaHeaderReader.Count(QuotaHeaderReader.Single(headers, "X-RateLimit-Limit"));
        var remaining = QuotaHeaderReader.Count(QuotaHeaderReader.Single(headers, "X-RateLimit-Remaining"));
        var resetAfter = ReadReset(QuotaHeaderReader.Single(headers, "X-RateLimit-Reset"), now);
        return limit is null && remaining is null && resetAfter is null ? null : new(limit, null, remaining, resetAfter, null);
    }

    private static TimeSpan? ReadReset(string? text, DateTimeOffset now)
    {
        if (!double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value))
            return null;
        return value switch
        {
            <= LongestDelaySeconds => QuotaHeaderReader.Seconds(text),
            <= LongestUnixSeconds => QuotaHeaderReader.Clamp(DateTimeOffset.UnixEpoch.AddSeconds(value) - now),
            <= LongestUnixSeconds * 1000 => QuotaHeaderReader.Clamp(DateTimeOffset.UnixEpoch.AddMilliseconds(value) - now),
            _ => null,
        };
    }
}
