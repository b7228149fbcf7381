using System.Text;
using Microsoft.Extensions.Primitives;

namespace ApiPoc.Gateway.Control.Signing;

/// <summary>
/// The one form of a request that both sides sign (AWS General Reference, "Create a canonical request"), as every service but S3 has
/// it: the path freed of dot segments and encoded once more, the query sorted, header values trimmed.
/// </summary>
internal static class CanonicalRequest
{
    /// <summary>Writes the canonical form of <paramref name="request"/>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="signedHeaders">The signed headers' names, lower case, in order.</param>
    /// <param name="payloadHash">The body's SHA-256 in hexadecimal, or what the caller sent in its place.</param>
    /// <param name="withoutParameter">The query parameter that is not signed: a presigned request's own signature; null for none.</param>
    public static string Write(SignedRequest request, IReadOnlyList<string> signedHeaders, string payloadHash, string? withoutParameter = null)
    {
        var text = new StringBuilder(512)
            .Append(request.Method).Append('\n')
            .Append(Path(request.Path)).Append('\n')
            .Append(Query(request.Query, withoutParameter)).Append('\n');
        foreach (string name in signedHeaders)
            text.Append(name).Append(':').AppendJoin(',', Values(request.Headers[name])).Append('\n');
        return text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(payloadHash).ToString();
    }

    private static string Path(string path)
    {
        var segments = new List<string>();
        foreach (string segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == ".." && segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
            else if (segment is not ("." or ".."))
                segments.Add(Uri.EscapeDataString(segment));
        }
        string end = segments.Count > 0 && path.EndsWith('/') ? "/" : "";
        return $"/{string.Join('/', segments)}{end}";
    }

    private static string Query(string query, string? without)
    {
        var parameters = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(QueryParameter.Parse)
            .Where(parameter => !string.Equals(parameter.Name, without, StringComparison.Ordinal))
            .Select(parameter => (Name: Uri.EscapeDataString(parameter.Name), Value: Uri.EscapeDataString(parameter.Value)))
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal).ThenBy(parameter => parameter.Value, StringComparer.Ordinal);
        return string.Join('&', parameters.Select(parameter => $"{parameter.Name}={parameter.Value}"));
    }

    private static IEnumerable<string> Values(StringValues values) =>
        values.Select(value => string.Join(' ', (value ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}
