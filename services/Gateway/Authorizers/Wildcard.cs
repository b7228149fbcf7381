namespace ApiPoc.Gateway.Authorizers;

/// <summary>IAM's wildcards: <c>*</c> is any characters, <c>?</c> is one. Linear in practice, quadratic at worst, never exponential.</summary>
internal static class Wildcard
{
    /// <summary>Whether the whole of <paramref name="text"/> matches <paramref name="pattern"/>.</summary>
    public static bool IsMatch(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int patternAt = 0, textAt = 0, starAt = -1, resumeAt = 0;
        while (textAt < text.Length)
        {
            if (patternAt < pattern.Length && pattern[patternAt] == '*')
            {
                starAt = patternAt++;
                resumeAt = textAt;
            }
            else if (patternAt < pattern.Length && (pattern[patternAt] == '?' || pattern[patternAt] == text[textAt]))
            {
                patternAt++;
                textAt++;
            }
            else if (starAt >= 0)
            {
                // The last star takes one character more.
                patternAt = starAt + 1;
                textAt = ++resumeAt;
            }
            else
            {
                return false;
            }
        }
        return pattern[patternAt..].TrimStart('*').IsEmpty;
    }
}
