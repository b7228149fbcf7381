using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;

namespace ApiPoc.Gateway.Integrations;

/// <summary>Headers that concern one connection and are not forwarded (RFC 9110, section 7.6.1).</summary>
internal static class HopByHop
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade");

    // Who calls: a caller that could take these off on the way would be judged here as one and counted by the back end as another.
    private static readonly FrozenSet<string> Identities = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "x-api-key", "Authorization");

    /// <summary>Whether <paramref name="name"/> stays behind: by itself, or because <paramref name="connection"/> lists it.</summary>
    public static bool Contains(string name, StringValues connection) =>
        Names.Contains(name) || (connection.Count > 0 && !Identities.Contains(name) && IsListed(name, connection));

    private static bool IsListed(string name, StringValues connection)
    {
        foreach (string? line in connection)
        {
            foreach (var option in line.AsSpan().Split(','))
            {
                if (line.AsSpan()[option].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }
        return false;
    }
}
