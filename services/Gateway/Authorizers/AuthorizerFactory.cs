using System.Runtime.CompilerServices;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Integrations;

namespace ApiPoc.Gateway.Authorizers;

/// <summary>Makes authorizers, one per declaration: all methods and stages of an API share its memory, as long as the declaration lives.</summary>
internal sealed class AuthorizerFactory(BackendClient client, TimeProvider clock, ILogger<HttpAuthorizer> logger)
{
    private readonly ConditionalWeakTable<AuthorizerDefinition, Authorizer> _authorizers = [];

    /// <summary>The authorizer of <paramref name="definition"/>.</summary>
    public Authorizer Of(AuthorizerDefinition definition) =>
        _authorizers.GetValue(definition, declared => new Authorizer(declared, SourceOf(declared), clock));

    private IAuthorizerSource SourceOf(AuthorizerDefinition definition) => definition.Http is { } http
        ? new HttpAuthorizer(http, definition.Type, client, clock, logger) : new SampleAuthorizer(definition.Sample!);
}
