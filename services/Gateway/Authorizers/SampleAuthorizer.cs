using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Authorizers;

/// <summary>Decides by a list of tokens.</summary>
internal sealed class SampleAuthorizer(SampleAuthorizerDefinition definition) : IAuthorizerSource
{
    private static readonly string[] Anything = ["*"];

    /// <inheritdoc/>
    public ValueTask<AuthorizerAnswer> AskAsync(GatewayCall call, string methodArn, IReadOnlyList<string> identity)
    {
        var verdict = definition.Tokens.TryGetValue(identity[0], out var listed) ? listed : definition.Otherwise;
        return ValueTask.FromResult(verdict switch
        {
            SampleVerdict.Allow => Decided([new PolicyStatement(IsAllow: true, Anything, Anything)]),
            SampleVerdict.Deny => Decided([new PolicyStatement(IsAllow: false, Anything, Anything)]),
            SampleVerdict.NoMatch => Decided([]),
            SampleVerdict.Unauthorized => new AuthorizerAnswer(AuthorizerOutcome.Unauthorized),
            _ => new AuthorizerAnswer(AuthorizerOutcome.Failed),
        });
    }

    private static AuthorizerAnswer Decided(PolicyStatement[] statements) =>
        new(AuthorizerOutcome.Decided, new AuthorizerVerdict("sample-user", new PolicyDocument(statements), UsageIdentifierKey: null));
}
