namespace ApiPoc.Gateway.Routing;

/// <summary>
/// The one spelling of all that mean the same resource, for rules that compare paths: a policy or a firewall rule that did not match
/// <c>/%61dmin/</c> where it says <c>/admin</c> would be no rule.
/// </summary>
internal static class CanonicalPath
{
    /// <summary>The spelling of <paramref name="path"/>, which is unambiguous: what was encoded without need is decoded, a trailing slash gone.</summary>
    public static string Of(string path)
    {
        string trimmed = path.Length > 1 && path[^1] == '/' ? path[..^1] : path;
        return trimmed.Contains('%') ? string.Join('/', trimmed.Split('/').Select(Decode)) : trimmed;
    }

    // A slash within a segment parts no segments.
    private static string Decode(string segment) => Uri.UnescapeDataString(segment).Replace("/", "%2F", StringComparison.Ordinal);
}
