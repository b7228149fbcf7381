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
/// <param name="Quota">What the headers said.</param>
public sealed record CallEvidence(
    [property: JsonPropertyName("sent_us_ago")] long SentAgo,
    [property: JsonPropertyName("answered_us_ago")] long AnsweredAgo,
    [property: JsonPropertyName("status_code")] int? Status,
    [property: JsonPropertyName("quota")] QuotaHeaders Quota)
{
    /// <summary>Tells of a call, at <paramref name="now"/> of the clock that timed it.</summary>
    public static CallEvidence Of(DateTimeOffset sentAt, DateTimeOffset answeredAt, int? status, QuotaHeaders headers, DateTimeOffset now) =>
        new(Micros(now - sentAt), Micros(now - answeredAt), status, headers);

    /// <summary>The report of it, by the clock of who heard it at <paramref name="heardAt"/>: moments are at the latest as told.</summary>
    public CallReport ToReport(string permitId, string resource, DateTimeOffset heardAt) => new(
        permitId, resource, heardAt - TimeSpan.FromMicroseconds(SentAgo), heardAt - TimeSpan.FromMicroseconds(AnsweredAgo), Status, Quota);

    private static long Micros(TimeSpan time) => Math.Max(0, time.Ticks / TimeSpan.TicksPerMicrosecond);
}
