namespace ApiPoc.Domain.Quotas;

/// <summary>
/// Which resources a limit applies to: segments divided by <c>/</c>, where <c>*</c> is any one segment and a trailing
/// <c>**</c> any number of further ones. <c>survey/*/interview/**</c> matches <c>survey/1/interview</c> and everything below it.
/// </summary>
public sealed class ResourcePattern
{
    private readonly string[] _segments;
    private readonly bool _isOpenEnded;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="FormatException">It is empty, or <c>**</c> stands elsewhere than last.</exception>
    public ResourcePattern(string pattern)
    {
        if (!IsPattern(pattern))
            throw new FormatException($"'{pattern}' is not a resource pattern: '**' may only stand last.");
        var segments = Split(pattern);
        _isOpenEnded = segments is [.., "**"];
        _segments = _isOpenEnded ? segments[..^1] : segments;
    }

    /// <summary>Whether a text is a pattern.</summary>
    public static bool IsPattern(string text) => Split(text) is { Length: > 0 } segments && !segments.SkipLast(1).Contains("**", StringComparer.Ordinal);

    /// <summary>Whether the pattern covers a resource; a query is ignored.</summary>
    public bool Matches(string resource)
    {
        var path = Split(resource.Split('?', 2)[0]);
        if (path.Length < _segments.Length || (path.Length > _segments.Length && !_isOpenEnded)) return false;
        return _segments.Zip(path).All(pair => pair.First is "*" || string.Equals(pair.First, pair.Second, StringComparison.Ordinal));
    }

    private static string[] Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
