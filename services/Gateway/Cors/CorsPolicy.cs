using System.Collections.Frozen;
using System.Globalization;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;
using Microsoft.Extensions.Primitives;

namespace ApiPoc.Gateway.Cors;

/// <summary>
/// Cross-origin answers of an API, after the Fetch standard. They are put on each answer as it is sent, never into the cache, so that
/// one origin's answer cannot reach another; and <c>Vary: Origin</c> tells caches further on.
/// </summary>
internal sealed class CorsPolicy(CorsDefinition definition)
{
    private readonly FrozenSet<string> _origins = definition.AllowOrigins.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private readonly bool _allowsAny = definition.AllowOrigins.Contains("*", StringComparer.Ordinal);
    private readonly string _exposed = string.Join(", ", definition.ExposeHeaders);
    private readonly string _allowedHeaders = string.Join(", ", definition.AllowHeaders);
    private readonly string _maxAge = ((int)definition.MaxAge.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether <paramref name="name"/> is a cross-origin response header.</summary>
    public static bool IsCorsHeader(string name) => name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase);

    /// <summary>Puts the headers on the answer of <paramref name="call"/>.</summary>
    public void Apply(GatewayCall call)
    {
        var headers = call.Response.Headers;
        if (!_allowsAny)
            headers.Vary = StringValues.Concat(headers.Vary, "Origin");
        if (AllowedOrigin(call.Request) is not { } origin)
            return;
        headers.AccessControlAllowOrigin = origin;
        if (definition.AllowCredentials)
            headers.AccessControlAllowCredentials = "true";
        if (_exposed.Length > 0)
            headers.AccessControlExposeHeaders = _exposed;
    }

    /// <summary>The headers that answer a preflight of a resource with <paramref name="methods"/>; none for an origin that is not allowed.</summary>
    public IReadOnlyList<KeyValuePair<string, StringValues>> Preflight(HttpRequest request, string methods)
    {
        if (AllowedOrigin(request) is null)
            return [];
        var headers = new List<KeyValuePair<string, StringValues>>
        {
            new("Access-Control-Allow-Methods", definition.AllowMethods.Count > 0 ? string.Join(", ", definition.AllowMethods) : methods),
        };
        if (_allowedHeaders.Length > 0)
            headers.Add(new("Access-Control-Allow-Headers", _allowedHeaders));
        if (definition.MaxAge > TimeSpan.Zero)
            headers.Add(new("Access-Control-Max-Age", _maxAge));
        return headers;
    }

    private string? AllowedOrigin(HttpRequest request)
    {
        if (_allowsAny)
            return "*";
        return request.Headers.Origin is [{ } origin] && _origins.Contains(origin) ? origin : null;
    }
}
