using System.Globalization;
using System.Text;
using ApiPoc.Domain.Throttling;

namespace ApiPoc.Gateway.Throttling;

/// <summary>
/// The fields <c>RateLimit-Policy</c> and <c>RateLimit</c> of draft-ietf-httpapi-ratelimit-headers-10, and <c>Retry-After</c>
/// (RFC 9110, section 10.2.3), from one decision.
/// </summary>
internal static class RateLimitHeaders
{
    /// <summary>Sets all three on <paramref name="headers"/>.</summary>
    public static void Write(IHeaderDictionary headers, AdmissionDecision decision)
    {
        if (decision.Limits.Count == 0)
            return;
        headers["RateLimit-Policy"] = Join(decision, static (text, status) => text.Append($";q={status.Limit.Capacity};w={Window(status.Limit)}"));
        headers["RateLimit"] = Join(decision, static (text, status) => text.Append($";r={status.Remaining};t={WholeSeconds(MoreAfter(status))}"));
        if (!decision.IsAdmitted && decision.RetryAfter < TimeSpan.MaxValue)
            headers.RetryAfter = WholeSeconds(decision.RetryAfter).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The policy's name: a structured field string (RFC 9651) holds visible ASCII only.</summary>
    public static string PolicyName(Limit limit) =>
        string.Create(limit.Name.Length, limit.Name, static (span, name) =>
        {
            for (int at = 0; at < name.Length; at++)
                span[at] = name[at] is >= ' ' and <= '~' and not '"' and not '\\' ? name[at] : '_';
        });

    private static string Join(AdmissionDecision decision, Action<StringBuilder, LimitStatus> append)
    {
        var text = new StringBuilder();
        foreach (var status in decision.Limits)
        {
            text.Append(text.Length == 0 ? "\"" : ",\"").Append(PolicyName(status.Limit)).Append('"');
            append(text, status);
        }
        return text.ToString();
    }

    private static TimeSpan MoreAfter(LimitStatus status) => status.IsRefusing ? status.RetryAfter : status.ResetAfter;

    // A bucket has no window; the time in which it refills says the same.
    private static long Window(Limit limit) => limit switch
    {
        TokenBucketLimit bucket => Math.Max(1, (long)Math.Ceiling(bucket.Burst / bucket.Rate)),
        WindowLimit window => WholeSeconds(window.Period),
        CalendarLimit { Period: CalendarPeriod.Day } => 86_400,
        CalendarLimit { Period: CalendarPeriod.Week } => 604_800,
        _ => 2_678_400,
    };

    private static long WholeSeconds(TimeSpan span) => span == TimeSpan.MaxValue ? int.MaxValue : (long)Math.Ceiling(span.TotalSeconds);
}
