using Microsoft.AspNetCore.Http.Features;

namespace ApiPoc.Gateway.Control.Signing;

/// <summary>The parts of a request that a signature covers, as they came over the wire.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, still percent-encoded.</param>
/// <param name="Query">The query without its question mark, still percent-encoded.</param>
/// <param name="Headers">The headers.</param>
internal sealed record SignedRequest(string Method, string Path, string Query, IHeaderDictionary Headers)
{
    /// <summary>The request of <paramref name="http"/>: its own target, because ASP.NET Core's path is decoded.</summary>
    public static SignedRequest Of(HttpContext http)
    {
        string target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        int query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0
            ? new SignedRequest(http.Request.Method, target, "", http.Request.Headers)
            : new SignedRequest(http.Request.Method, target[..query], target[(query + 1)..], http.Request.Headers);
    }
}
