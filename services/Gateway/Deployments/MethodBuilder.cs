using ApiPoc.Gateway.Authorizers;
using ApiPoc.Gateway.Caching;
using ApiPoc.Gateway.Concurrency;
using ApiPoc.Gateway.Cors;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Integrations;
using ApiPoc.Gateway.Throttling;
using ApiPoc.Gateway.Validation;
using Microsoft.AspNetCore.Routing.Patterns;

namespace ApiPoc.Gateway.Deployments;

/// <summary>Makes the methods of a resource.</summary>
internal sealed class MethodBuilder(IntegrationFactory integrations, AuthorizerFactory authorizers, ConcurrencyGates gates)
{
    /// <summary>Makes a resource with its methods, and with one that answers preflights where the API declares CORS.</summary>
    public DeployedResource Build(DeployedStage stage, string path, Dictionary<string, MethodDefinition> declared, BehaviourDefinition behaviour)
    {
        var methods = declared.ToDictionary(method => method.Key, method => Build(stage, path, method.Key, method.Value, behaviour), StringComparer.Ordinal);
        if (stage.Cors is { } cors && !methods.ContainsKey(HttpMethods.Options))
            methods[HttpMethods.Options] = Preflight(stage, path, cors, declared.Keys);
        return new DeployedResource(path, methods);
    }

    private DeployedMethod Build(DeployedStage stage, string path, string verb, MethodDefinition definition, BehaviourDefinition behaviour)
    {
        string key = DeployedMethod.KeyOf(path, verb);
        var (setting, isCachingOwn) = MethodSettings.Of(stage.Settings, key);
        string cacheScope = $"{stage.ApiId}/{stage.Name}/{stage.Settings.CacheGeneration}{path}";
        return new DeployedMethod
        {
            Stage = stage,
            ResourcePath = path,
            HttpMethod = verb,
            Definition = definition,
            Setting = setting,
            Authorizer = definition.Authorizer is { } id ? authorizers.Of(stage.Api.Authorizers[id]) : null,
            Validator = RequestValidator.Of(definition, stage.Api),
            Cache = stage.Settings.CacheClusterEnabled ? CachePolicy.Of(cacheScope, definition, setting, isCachingOwn, behaviour) : null,
            Concurrency = definition.Integration.Concurrency is { } limit ? gates.Gate($"{stage.ApiId}/{stage.Name}{key}", limit) : null,
            Integration = integrations.Create(definition.Integration, stage),
            SharedLimits = Shared(stage, key),
            Endpoint = EndpointOf(stage, path),
        };
    }

    private static DeployedMethod Preflight(DeployedStage stage, string path, CorsPolicy cors, IEnumerable<string> verbs) => new()
    {
        Stage = stage,
        ResourcePath = path,
        HttpMethod = HttpMethods.Options,
        Definition = new MethodDefinition(),
        Setting = new MethodSetting(),
        Authorizer = null,
        Validator = null,
        Cache = null,
        Concurrency = null,
        Integration = new PreflightIntegration(cors, string.Join(", ", verbs)),
        SharedLimits = Shared(stage, DeployedMethod.KeyOf(path, HttpMethods.Options)),
        Endpoint = EndpointOf(stage, path),
    };

    private static LimitRules Shared(DeployedStage stage, string key) =>
        LimitRules.Of([SharedLimits.OfMethod(stage, key), SharedLimits.OfStage(stage), stage.Account]);

    // Never matched by ASP.NET Core: it gives spans and server metrics the route's name.
    private static RouteEndpoint EndpointOf(DeployedStage stage, string path) => new(
        _ => Task.CompletedTask, RoutePatternFactory.Pattern($"/{stage.ApiId}/{stage.Name}{path}", []), order: 0, EndpointMetadataCollection.Empty, displayName: null);
}
