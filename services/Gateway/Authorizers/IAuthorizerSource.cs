using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Authorizers;

/// <summary>Who decides for an authorizer.</summary>
internal interface IAuthorizerSource
{
    /// <summary>Decides about <paramref name="call"/>. Failures are answers, not exceptions.</summary>
    /// <param name="call">The call.</param>
    /// <param name="methodArn">The method called.</param>
    /// <param name="identity">The values of the identity sources; at least one.</param>
    ValueTask<AuthorizerAnswer> AskAsync(GatewayCall call, string methodArn, IReadOnlyList<string> identity);
}
