namespace ApiPoc.Gateway.Authorizers;

/// <summary>An IAM policy as far as authorizers use it: statements that allow or deny invoking methods.</summary>
/// <param name="Statements">The statements.</param>
internal sealed record PolicyDocument(IReadOnlyList<PolicyStatement> Statements)
{
    private const string Invoke = "execute-api:Invoke";

    /// <summary>Judges a call of the method <paramref name="methodArn"/>: an explicit deny wins over every allow.</summary>
    public PolicyVerdict Judge(string methodArn)
    {
        var verdict = PolicyVerdict.NoMatch;
        foreach (var statement in Statements)
        {
            if (!Any(statement.Actions, Invoke) || !Any(statement.Resources, methodArn))
                continue;
            if (!statement.IsAllow)
                return PolicyVerdict.Denied;
            verdict = PolicyVerdict.Allowed;
        }
        return verdict;
    }

    private static bool Any(IReadOnlyList<string> patterns, string text)
    {
        foreach (string pattern in patterns)
        {
            if (Wildcard.IsMatch(pattern, text))
                return true;
        }
        return false;
    }
}

/// <summary>One statement.</summary>
/// <param name="IsAllow">Whether it allows; else it denies.</param>
/// <param name="Actions">Actions, with wildcards.</param>
/// <param name="Resources">Method ARNs, with wildcards.</param>
internal sealed record PolicyStatement(bool IsAllow, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources);

/// <summary>What a policy says of a call.</summary>
internal enum PolicyVerdict
{
    /// <summary>Nothing: not allowed.</summary>
    NoMatch,

    /// <summary>Allowed.</summary>
    Allowed,

    /// <summary>Denied explicitly.</summary>
    Denied,
}
