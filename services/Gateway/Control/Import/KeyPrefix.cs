namespace ApiPoc.Gateway.Control.Import;

/// <summary>How a message names a key: by a beginning that tells it from others and opens nothing.</summary>
internal static class KeyPrefix
{
    private const int Longest = 4;

    /// <summary>At most four characters, at most a quarter of <paramref name="key"/>, as far as they are visible.</summary>
    public static string Of(ReadOnlySpan<char> key)
    {
        var beginning = key[..Math.Min(Longest, key.Length / 4)];
        int invisible = beginning.IndexOfAnyExceptInRange('!', '~');
        return $"the key {(invisible < 0 ? beginning : beginning[..invisible])}…";
    }
}
