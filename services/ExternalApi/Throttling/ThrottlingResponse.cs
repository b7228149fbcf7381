using System.Diagnostics;
using ApiPoc.Domain.Quotas;
using ApiPoc.ExternalApi.Quotas;
using ApiPoc.ExternalApi.Surveys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ApiPoc.ExternalApi.Throttling;

/// <summary>The answer to a call that a quota refused.</summary>
internal static class ThrottlingResponse
{
    /// <summary>The 429's body; the request's span is told which limit refused, for whoever reads the trace.</summary>
    public static JsonHttpResult<SurveyAnswer> Of(QuotaOutcome outcome, ResourcePath path)
    {
        var refusal = outcome.Refusal!;
        Activity.Current?
            .SetTag("apipoc.quota.level", refusal.Level)
            .SetTag("apipoc.quota.window", refusal.Window.Label)
            .SetTag("apipoc.quota.retry_after_ms", (long)outcome.Decision.RetryAfter.TotalMilliseconds);
        return TypedResults.Json(
            new SurveyAnswer(
                new { }, outcome.AddressedQuota, 429, true, [$"{refusal.Level} quota exceeded for {refusal.Window.Label} window at {path}"]),
            statusCode: 429);
    }
}
