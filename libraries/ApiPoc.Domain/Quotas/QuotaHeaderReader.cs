using System.Globalization;
using System.Net.Http.Headers;
using ApiPoc.Domain.Apis;

namespace ApiPoc.Domain.Quotas;

/// <summary>
/// Reads what an answer's headers say of the quota, as far as they are trusted. The IETF draft's <c>RateLimit</c> goes before the
/// <c>X-RateLimit-*</c> family; what is malformed says nothing; no time is negative or longer than <see cref="Longest"/>.
/// </summary>
public static class QuotaHeaderReader
{
    /// <summary>No header is believed to speak of more than this.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    // Date has whole seconds: a difference below this says nothing about whose clock is wrong.
    private static readonly TimeSpan AgreeingClocks = TimeSpan.FromSeconds(2);

    /// <summary>Reads the headers of an answer that arrived at <paramref name="now"/>.</summary>
    public static QuotaHeaders Read(HttpHeaders headers, QuotaHeaderTrust trust, DateTimeOffset now)
    {
        var sent = SentAt(headers, now);
        var retryAfter = trust.HasFlag(QuotaHeaderTrust.RetryAfter) ? ReadRetryAfter(headers, sent) : null;
        var quota = (trust.HasFlag(QuotaHeaderTrust.RateLimit) ? RateLimitHeaders.Read(headers) : null)
            ?? (trust.HasFlag(QuotaHeaderTrust.XRateLimit) ? XRateLimitHeaders.Read(headers, sent) : null)
            ?? QuotaHeaders.None;
        return quota with { RetryAfter = retryAfter };
    }

    /// <summary>The header's one value; null when it is absent or repeated with different values.</summary>
    internal static string? Single(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && values.Distinct(StringComparer.Ordinal).Count() == 1
            ? values.First().Trim()
            : null;

    // Points in time are meant by the API's clock, which its Date header tells.
    private static DateTimeOffset SentAt(HttpHeaders headers, DateTimeOffset now) =>
        ReadDate(Single(headers, "Date")) is { } date && (date - now).Duration() > AgreeingClocks ? date : now;

    // RFC 9110, section 10.2.3: seconds or a date.
    private static TimeSpan? ReadRetryAfter(HttpHeaders headers, DateTimeOffset sent)
    {
        string? value = Single(headers, "Retry-After");
        return Seconds(value) ?? (ReadDate(value) is { } date ? Clamp(date - sent) : null);
    }

    private static DateTimeOffset? ReadDate(string? text) => DateTimeOffset.TryParseExact(
        text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
        ? date
        : null;

    internal static TimeSpan Clamp(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time > Longest ? Longest : time;

    /// <summary>A number of seconds, with a fraction where a vendor sends one; null when it is none. Out of range is clamped.</summary>
    internal static TimeSpan? Seconds(string? text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && double.IsFinite(seconds)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Longest.TotalSeconds))
            : null;

    /// <summary>A count; a negative one, as some send when overdrawn, is 0.</summary>
    internal static long? Count(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long count) ? Math.Max(count, 0) : null;
}
