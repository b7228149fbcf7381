using System.Text.Json;
using System.Text.Json.Serialization;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Domain.Jobs;

/// <summary>
/// What a worker's call taught of the API's quota, as it travels to the orchestrator. Moments are told by the <see cref="ISharedClock"/>:
/// the clocks of two machines need not agree, and how long the tale itself takes does not matter.
/// </summary>
/// <param name="SentAt">When the request was sent (µs).</param>
/// <param name="AnsweredAt">When its headers arrived (µs); the same when none did.</param>
/// <param name="Status">The HTTP status; null when no answer came.</param>
/// <param name="Quota">What the headers said.</param>
public sealed record CallEvidence(
    [property: JsonPropertyName("sent_at_us")] long SentAt,
    [property: JsonPropertyName("answered_at_us")] long AnsweredAt,
    [property: JsonPropertyName("status_code")] int? Status,
    [property: JsonPropertyName("quota")] QuotaHeaders Quota)
{
    /// <summary>As it travels: JSON in ASCII.</summary>
    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>What <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static CallEvidence? Read(string text) => JsonSerializer.Deserialize<CallEvidence>(text, JsonSerializerOptions.Web);

    /// <summary>The report of it, by the clock of who heard it.</summary>
    public CallReport ToReport(string permitId, string resource, ISharedClock clock) =>
        new(permitId, resource, clock.ToLocal(SentAt), clock.ToLocal(AnsweredAt), Status, Quota);
}
