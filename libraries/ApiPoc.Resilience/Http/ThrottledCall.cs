using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Quotas;
using Polly;

namespace ApiPoc.Resilience.Http;

/// <summary>The HTTP call a pipeline is executed for.</summary>
internal static class ThrottledCall
{
    public static readonly ResiliencePropertyKey<HttpRequestMessage> Request = new("ApiPoc.Request");

    /// <summary>Whether a request goes to the API, and so may carry its key and use its quota.</summary>
    public static bool IsOf(ApiOptions api, Uri? address) =>
        address is { IsAbsoluteUri: true } && Uri.Compare(
            address, api.BaseAddress, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>What a call asks a permit for: its path below the API's base address, as jobs name resources.</summary>
    public static PermitRequest PermitFor(ResilienceContext context, ApiOptions api, string tenant)
    {
        string path = context.Properties.TryGetValue(Request, out var request) ? request.RequestUri!.AbsolutePath : "";
        string root = api.BaseAddress!.AbsolutePath.TrimEnd('/');
        string resource = path.StartsWith(root, StringComparison.Ordinal) ? path[root.Length..] : path;
        string? own = null;
        request?.Options.TryGetValue(ThrottledHttpClientOptions.RequestTenant, out own);
        return new("", resource.Trim('/'), own ?? tenant);
    }
}
