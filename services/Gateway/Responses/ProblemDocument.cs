using System.Text.Json;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Throttling;

namespace ApiPoc.Gateway.Responses;

/// <summary>
/// Refusals as problem details (RFC 9457) with the problem types of draft-ietf-httpapi-ratelimit-headers-10. AWS's own member stays,
/// so that nothing is lost to those who read it.
/// </summary>
internal static class ProblemDocument
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/problem+json";

    private const string QuotaExceeded = "https://iana.org/assignments/http-problem-types#quota-exceeded";
    private const string ReducedCapacity = "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity";

    /// <summary>Whether the caller names problem details among what it accepts.</summary>
    public static bool IsAccepted(HttpRequest request)
    {
        foreach (string? accepted in request.Headers.Accept)
        {
            if (accepted?.Contains(MediaType, StringComparison.OrdinalIgnoreCase) is true)
                return true;
        }
        return false;
    }

    /// <summary>Sends <paramref name="error"/>.</summary>
    public static async ValueTask WriteAsync(GatewayCall call, GatewayError error)
    {
        call.Response.ContentType = MediaType;
        var problem = new Problem(
            error.Status switch { 429 => QuotaExceeded, 503 => ReducedCapacity, _ => "about:blank" },
            error.Message ?? error.Type,
            error.Status,
            Detail(call),
            $"urn:uuid:{call.RequestId}",
            error.Message,
            call.Method?.ResourcePath,
            call.Decision is { IsAdmitted: false } decision
                ? [.. decision.Limits.Where(status => status.IsRefusing).Select(status => RateLimitHeaders.PolicyName(status.Limit))] : null);
        await JsonSerializer.SerializeAsync(call.Response.Body, problem, JsonSerializerOptions.Web, call.Aborted);
    }

    private static string? Detail(GatewayCall call) => call.Decision?.Refusal is { } refusal
        ? $"The limit '{refusal.Limit.Name}' admits {refusal.Limit.Capacity} at once; more after {refusal.RetryAfter.TotalSeconds:0.###} s." : call.Detail;

    private sealed record Problem(
        string Type,
        string Title,
        int Status,
        string? Detail,
        string Instance,
        string? Message,
        string? ResourcePath,
        [property: System.Text.Json.Serialization.JsonPropertyName("violated-policies")] string[]? ViolatedPolicies);
}
