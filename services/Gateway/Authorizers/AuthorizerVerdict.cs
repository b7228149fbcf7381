namespace ApiPoc.Gateway.Authorizers;

/// <summary>What an authorizer said of a caller; kept for every method of the API until it expires.</summary>
/// <param name="PrincipalId">Who the caller is.</param>
/// <param name="Policy">What it may call.</param>
/// <param name="UsageIdentifierKey">The caller's API key, for APIs that take it from the authorizer.</param>
internal sealed record AuthorizerVerdict(string PrincipalId, PolicyDocument Policy, string? UsageIdentifierKey);

/// <summary>How asking an authorizer ended.</summary>
internal enum AuthorizerOutcome
{
    /// <summary>It gave a policy.</summary>
    Decided,

    /// <summary>It said <c>Unauthorized</c>.</summary>
    Unauthorized,

    /// <summary>It failed, or what it said is no policy.</summary>
    Failed,
}

/// <summary>An authorizer's answer.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Verdict">What it said, when it decided.</param>
internal sealed record AuthorizerAnswer(AuthorizerOutcome Outcome, AuthorizerVerdict? Verdict = null);
