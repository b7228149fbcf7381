using System.Text.RegularExpressions;

namespace ApiPoc.Gateway.Definitions;

/// <summary>What an authorizer must hold.</summary>
internal static partial class AuthorizerRules
{
    private static readonly TimeSpan LongestTtl = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(29);

    /// <summary>Checks one authorizer.</summary>
    public static void Validate(AuthorizerDefinition authorizer, DefinitionErrors errors)
    {
        errors.Check((authorizer.Http is null) != (authorizer.Sample is null), "", "http, sample", "exactly one of both");
        errors.Check(authorizer.Ttl >= TimeSpan.Zero && authorizer.Ttl <= LongestTtl, "ttl", authorizer.Ttl, "00:00:00 to 01:00:00");
        errors.Check(authorizer.IdentitySources.Count > 0, "identitySources", "none", "at least one");
        foreach (string source in authorizer.IdentitySources)
            errors.Check(SourcePattern().IsMatch(source), "identitySources", source, "method.request.header.name, …querystring.name or stageVariables.name");
        if (authorizer.Type == AuthorizerType.Token)
            CheckToken(authorizer, errors);
        errors.Check(authorizer.Validation is null || IsRegex(authorizer.Validation), "validation", authorizer.Validation, "a regular expression");
        if (authorizer.Http is { } http)
            errors.At("http").Check(http.Timeout >= ShortestTimeout && http.Timeout <= LongestTimeout, "timeout", http.Timeout, "00:00:00.050 to 00:00:29");
    }

    private static void CheckToken(AuthorizerDefinition authorizer, DefinitionErrors errors) =>
        errors.Check(
            authorizer.IdentitySources is [var only] && only.StartsWith("method.request.header.", StringComparison.Ordinal),
            "identitySources", string.Join(", ", authorizer.IdentitySources), "a TOKEN authorizer has exactly one header");

    private static bool IsRegex(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
            return true;
        }
        catch (Exception invalid) when (invalid is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^(?:method\.request\.(?:header|querystring)|stageVariables)\.[A-Za-z0-9_\-.]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: PatternTimeout.Milliseconds)]
    private static partial Regex SourcePattern();
}
