namespace ApiPoc.Gateway.Control.Signing;

/// <summary>The texts of which a signature consists, wherever they stand; null for what is absent.</summary>
internal sealed record SignatureParts
{
    /// <summary>How messages name the place they were looked for in.</summary>
    public required string Source { get; init; }

    public string? Algorithm { get; init; }

    public string? Credential { get; init; }

    public string? SignedHeaders { get; init; }

    public string? Signature { get; init; }

    public string? Time { get; init; }

    public string? Lifetime { get; init; }

    public string? SessionToken { get; init; }

    /// <summary>The parts in <paramref name="request"/>; null when it is not signed.</summary>
    public static SignatureParts? Of(SignedRequest request)
    {
        if (request.Headers.Authorization is [{ Length: > 0 } authorization, ..])
            return OfHeader(authorization, request.Headers);
        return request.Query.Contains("X-Amz-Algorithm=", StringComparison.Ordinal) ? OfQuery(request.Query) : null;
    }

    private static SignatureParts OfHeader(string authorization, IHeaderDictionary headers)
    {
        int space = authorization.IndexOf(' ', StringComparison.Ordinal);
        var parameters = Named(authorization[(space + 1)..].Split(',').Select(part => part.Trim().Split('=', 2)));
        return new SignatureParts
        {
            Source = "Authorization header",
            Algorithm = space < 0 ? authorization : authorization[..space],
            Credential = parameters.GetValueOrDefault("Credential"),
            SignedHeaders = parameters.GetValueOrDefault("SignedHeaders"),
            Signature = parameters.GetValueOrDefault("Signature"),
            Time = Single(headers, "x-amz-date") ?? Single(headers, "Date"),
            SessionToken = Single(headers, "x-amz-security-token"),
        };
    }

    private static SignatureParts OfQuery(string query)
    {
        var parameters = Named(query.Split('&').Select(QueryParameter.Parse).Select(parameter => (string[])[parameter.Name, parameter.Value]));
        return new SignatureParts
        {
            Source = "Query",
            Algorithm = parameters.GetValueOrDefault("X-Amz-Algorithm"),
            Credential = parameters.GetValueOrDefault("X-Amz-Credential"),
            SignedHeaders = parameters.GetValueOrDefault("X-Amz-SignedHeaders"),
            Signature = parameters.GetValueOrDefault(SignatureClaim.SignatureParameter),
            Time = parameters.GetValueOrDefault("X-Amz-Date"),
            Lifetime = parameters.GetValueOrDefault("X-Amz-Expires") ?? "",
            SessionToken = parameters.GetValueOrDefault("X-Amz-Security-Token"),
        };
    }

    // Of repeated parameters the first counts; with another the signature does not match.
    private static Dictionary<string, string> Named(IEnumerable<string[]> parts) =>
        parts.Where(part => part.Length == 2).DistinctBy(part => part[0], StringComparer.Ordinal).ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);

    private static string? Single(IHeaderDictionary headers, string name) => headers[name] is [{ Length: > 0 } value] ? value : null;
}
