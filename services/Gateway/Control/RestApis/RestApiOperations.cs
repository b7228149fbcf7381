using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Registry;

namespace ApiPoc.Gateway.Control.RestApis;

/// <summary>GetRestApis, GetRestApi, GetDeployments, GetDeployment. APIs are declared in <c>gateway.json</c>, so they are read only.</summary>
internal static class RestApiOperations
{
    /// <summary>Lists APIs.</summary>
    public static IResult List(PageRequest page, DefinitionSource definitions, RegistryReplica registry) =>
        ControlAnswer.Ok(page.Of(definitions.Current.RestApis, api => api.Key).Select(api => Shown(api.Key, api.Value, registry)));

    /// <summary>Shows an API.</summary>
    public static IResult Get(string apiId, DefinitionSource definitions, RegistryReplica registry) =>
        ControlAnswer.Ok(Shown(apiId, DeclaredApi.Require(definitions, apiId), registry));

    /// <summary>Lists an API's deployments: the one that the file is.</summary>
    public static IResult ListDeployments(string apiId, PageRequest page, DefinitionSource definitions, RegistryReplica registry) =>
        ControlAnswer.Ok(page.Of([Deployment(apiId, definitions, registry)], deployment => deployment.Id));

    /// <summary>Shows a deployment.</summary>
    public static IResult GetDeployment(string apiId, string deploymentId, DefinitionSource definitions, RegistryReplica registry) =>
        Deployment(apiId, definitions, registry) is { } deployment && deployment.Id == deploymentId
            ? ControlAnswer.Ok(deployment) : throw new ControlException(ControlError.NotFound("Invalid Deployment identifier specified"));

    private static DeploymentDocument Deployment(string apiId, DefinitionSource definitions, RegistryReplica registry)
    {
        DeclaredApi.Require(definitions, apiId);
        return new DeploymentDocument(DeclaredId.OfDeployment(apiId), "gateway.json", CreatedAt(apiId, registry));
    }

    private static RestApiDocument Shown(string apiId, RestApiDefinition api, RegistryReplica registry) => new(
        apiId,
        api.Name ?? apiId,
        api.Description.Length == 0 ? null : api.Description,
        CreatedAt(apiId, registry),
        api.ApiKeySource,
        new EndpointConfigurationDocument(["REGIONAL"]),
        DisableExecuteApiEndpoint: false,
        DeclaredId.OfResource(apiId, "/"));

    // An API is as old as its first stage; null until the registry has been seeded.
    private static DateTimeOffset? CreatedAt(string apiId, RegistryReplica registry) =>
        registry.State.Stages.Values.Where(stage => stage.ApiId == apiId).Select(stage => (DateTimeOffset?)stage.CreatedAt).Min();
}

/// <summary>An API as the API shows it.</summary>
internal sealed record RestApiDocument(
    string Id,
    string Name,
    string? Description,
    DateTimeOffset? CreatedDate,
    ApiKeySource ApiKeySource,
    EndpointConfigurationDocument EndpointConfiguration,
    bool DisableExecuteApiEndpoint,
    string RootResourceId);

/// <summary>Where an API is reached.</summary>
internal sealed record EndpointConfigurationDocument(IReadOnlyList<string> Types);

/// <summary>A deployment as the API shows it.</summary>
internal sealed record DeploymentDocument(string Id, string Description, DateTimeOffset? CreatedDate);
