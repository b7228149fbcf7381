namespace ApiPoc.Gateway.Routing;

/// <summary>
/// Refuses paths that a back end might read differently than we do: what is admitted here means one resource and one bucket,
/// however often it is decoded, and whether or not parameters (<c>;a=b</c>) are taken off its segments.
/// </summary>
internal static class PathGuard
{
    // Nobody encodes more often who means well.
    private const int MaxDecodings = 3;

    /// <summary>Whether <paramref name="path"/>, as the caller wrote it, is unambiguous.</summary>
    public static bool IsUnambiguous(string path)
    {
        // A fragment is no part of what is sent; written there, it ends the path for some.
        if (path.Length == 0 || path[0] != '/' || path.Contains('#'))
            return false;
        if (!path.Contains('%'))
            return IsPlain(path);
        if (!IsWellEncoded(path))
            return false;
        string decoded = path;
        for (int time = 0; time <= MaxDecodings; time++)
        {
            string next = Uri.UnescapeDataString(decoded);
            if (next == decoded)
                return true;
            if (!IsPlain(next))
                return false;
            decoded = next;
        }
        return false;
    }

    private static bool IsPlain(ReadOnlySpan<char> path)
    {
        foreach (char character in path)
        {
            if (char.IsControl(character) || character is '\\')
                return false;
        }
        if (path.Contains("//", StringComparison.Ordinal))
            return false;
        foreach (var segment in path.Split('/'))
        {
            var name = path[segment];
            int parameters = name.IndexOf(';');
            if ((parameters < 0 ? name : name[..parameters]) is "." or "..")
                return false;
        }
        return true;
    }

    private static bool IsWellEncoded(ReadOnlySpan<char> path)
    {
        for (int at = path.IndexOf('%'); at >= 0 && at < path.Length; at++)
        {
            if (path[at] != '%')
                continue;
            if (at + 2 >= path.Length || !char.IsAsciiHexDigit(path[at + 1]) || !char.IsAsciiHexDigit(path[at + 2]))
                return false;
        }
        return true;
    }
}
