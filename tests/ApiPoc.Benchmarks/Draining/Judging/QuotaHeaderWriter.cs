using ApiPoc.Domain.Quotas;
using Microsoft.AspNetCore.Http;

namespace ApiPoc.Benchmarks.Draining.Judging;

/// <summary>
/// Says on the wire what a simulated referee says: policies as <c>RateLimit-Policy</c> and <c>RateLimit</c>, a bare limit as
/// <c>X-RateLimit-*</c>, times in whole seconds.
/// </summary>
internal static class QuotaHeaderWriter
{
    public static void Write(IHeaderDictionary answer, QuotaHeaders headers)
    {
        if (headers.RetryAfter is { } retryAfter)
            answer.RetryAfter = Seconds(retryAfter);
        if (headers.Policies.Count > 0)
        {
            answer["RateLimit-Policy"] = string.Join(", ", headers.Policies.Select(policy => $"\"{policy.Name}\";q={policy.Limit};w={Seconds(policy.Window)}"));
            answer["RateLimit"] = string.Join(", ", headers.Policies.Select(policy => $"\"{policy.Name}\";r={policy.Remaining ?? 0};t={Seconds(policy.ResetAfter ?? TimeSpan.Zero)}"));
        }
        else if (headers.Limit is { } limit)
        {
            answer["X-RateLimit-Limit"] = $"{limit}";
            answer["X-RateLimit-Remaining"] = $"{headers.Remaining ?? 0}";
            answer["X-RateLimit-Reset"] = Seconds(headers.ResetAfter ?? TimeSpan.Zero);
        }
    }

    private static string Seconds(TimeSpan time) => $"{Math.Ceiling(time.TotalSeconds):0}";
}
