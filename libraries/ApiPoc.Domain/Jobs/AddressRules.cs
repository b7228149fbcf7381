namespace ApiPoc.Domain.Jobs;

/// <summary>Compares an address from outside with a configured one.</summary>
internal static class AddressRules
{
    /// <summary>
    /// Whether scheme, host and port are written as configured. Written, not meant: a host that only resolves, decodes or converts to the
    /// configured one (2130706433, 0x7f.1, [::ffff:127.0.0.1]) is another one.
    /// </summary>
    public static bool HasSameOrigin(string address, Uri configured)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != configured.Scheme)
            return false;

        string prefix = configured.Scheme + "://";
        if (!address.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            return false;
        var rest = address.AsSpan(prefix.Length);
        int end = rest.IndexOf('/');
        var authority = end < 0 ? rest : rest[..end];
        return authority.Equals(configured.Authority, StringComparison.OrdinalIgnoreCase)
            || authority.Equals($"{configured.Host}:{configured.Port}", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>An address as it may be shown.</summary>
    public static string WithoutUser(Uri address) =>
        address.IsAbsoluteUri && address.UserInfo.Length > 0 ? $"{address.Scheme}://***@{address.Authority}" : address.OriginalString;
}
