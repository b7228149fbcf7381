using ApiPoc.Gateway.Cors;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Firewall;
using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.Routing;
using ApiPoc.Gateway.Stages;
using ApiPoc.Gateway.Throttling;
using Microsoft.Extensions.Options;

namespace ApiPoc.Gateway.Deployments;

/// <summary>Makes a deployment of a definition and the stages' settings in the registry, or in the file while the registry has none.</summary>
internal sealed class DeploymentBuilder(MethodBuilder methods, RateCounters rates, RegistryReplica registry, IOptions<GatewayOptions> options)
{
    /// <summary>Makes the deployment.</summary>
    public Deployment Build(GatewayDefinition definition) => new(
        definition,
        definition.RestApis.SelectMany(api => api.Value.Stages.Select(stage => Build(definition, api.Key, api.Value, stage.Key, stage.Value))));

    private DeployedStage Build(GatewayDefinition definition, string apiId, RestApiDefinition api, string name, StageDefinition declared)
    {
        var settings = registry.State.Stages.GetValueOrDefault($"{apiId}/{name}") ?? StageSettings.Declared(apiId, name, declared);
        var stage = new DeployedStage
        {
            ApiId = apiId,
            ApiName = api.Name ?? apiId,
            Name = name,
            Api = api,
            Definition = declared,
            Settings = settings,
            Variables = Variables(settings),
            Firewall = [.. declared.Firewall.Select(rule => new RateRule($"{apiId}/{name}", rule, rates.Of($"{apiId}/{name}/{rule.Name}")))],
            Cors = api.Cors is { } cors ? new CorsPolicy(cors) : null,
            Account = SharedLimits.OfAccount(definition.Account),
        };
        stage.Routes = new RouteTable(api.Resources.Select(resource => methods.Build(stage, resource.Key, resource.Value, definition.Behaviour)));
        return stage;
    }

    private Dictionary<string, string> Variables(StageSettings settings)
    {
        var variables = new Dictionary<string, string>(settings.Variables, StringComparer.Ordinal);
        foreach (var (name, value) in options.Value.Variables.Where(variable => variables.ContainsKey(variable.Key)))
            variables[name] = value;
        return variables;
    }
}
