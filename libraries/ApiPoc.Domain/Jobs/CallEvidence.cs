using System.Text.Json.Serialization;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Domain.Jobs;

/// <summary>
/// What a worker's call taught of the API's quota, as it travels to the orchestrator. Moments are told as "ago", so that the clocks
/// of two machines need not agree.
/// </summary>
/// <param name="SentAgo">Since the request was sent, in µs.</param>
/// <param name="AnsweredAgo">Since its headers arrived, in µs; the same when none did.</param>
/// <param name="Status">The HTTP status; null when no answer came.</param>
/// <param name="Limit">The quota's size, from headers.</param>
/// <param name="WindowMs">The quota's window, from headers.</param>
/// <param name="Remaining">Requests left, from headers.</param>
/// <param name="ResetMs">Time until more quota, from headers.</param>
/// <param name="RetryAfterMs">What Retry-After asked.</param>
public sealed record CallEvidence(
    [property: JsonPropertyName("sent_us_ago")] long SentAgo,
    [property: JsonPropertyName("answered_us_ago")] long AnsweredAgo,
    [property: JsonPropertyName("status_code")] int? Status,
    [property: JsonPropertyName("limit")] long? Limit,
    [property: JsonPropertyName("window_ms")] double? WindowMs,
    [property: JsonPropertyName("remaining")] long? Remaining,
    [property: JsonPropertyName("reset_ms")] double? ResetMs,
    [property: JsonPropertyName("retry_after_ms")] double? RetryAfterMs)
{
    /// <summary>Tells of a call, at <paramref name="now"/> of the clock that timed it.</summary>
    public static CallEvidence Of(DateTimeOffset sentAt, DateTimeOffset answeredAt, int? status, QuotaHeaders headers, DateTimeOffset now) => new(
        Micros(now - sentAt), Micros(now - answeredAt), status, headers.Limit, headers.Window?.TotalMilliseconds, headers.Remaining,
        headers.ResetAfter?.TotalMilliseconds, headers.RetryAfter?.TotalMilliseconds);

    /// <summary>The report of it, by the clock of who heard it at <paramref name="heardAt"/>: moments are at the latest as told.</summary>
    public CallReport ToReport(string permitId, string resource, DateTimeOffset heardAt) => new(
        permitId, resource, heardAt - TimeSpan.FromMicroseconds(SentAgo), heardAt - TimeSpan.FromMicroseconds(AnsweredAgo), Status,
        new QuotaHeaders(Limit, Time(WindowMs), Remaining, Time(ResetMs), Time(RetryAfterMs)));

    private static long Micros(TimeSpan time) => Math.Max(0, time.Ticks / TimeSpan.TicksPerMicrosecond);

    private static TimeSpan? Time(double? milliseconds) => milliseconds is { } value ? TimeSpan.FromMilliseconds(value) : null;
}
