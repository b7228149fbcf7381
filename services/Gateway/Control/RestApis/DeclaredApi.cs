using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Control.RestApis;

/// <summary>Finds what <c>gateway.json</c> declares, or refuses in AWS's words.</summary>
internal static class DeclaredApi
{
    /// <summary>An API.</summary>
    /// <exception cref="ControlException">There is none.</exception>
    public static RestApiDefinition Require(DefinitionSource definitions, string apiId) => definitions.Current.RestApis.GetValueOrDefault(apiId)
        ?? throw new ControlException(ControlError.NotFound($"Invalid API identifier specified {apiId}"));

    /// <summary>A stage of an API.</summary>
    /// <exception cref="ControlException">There is none.</exception>
    public static StageDefinition RequireStage(DefinitionSource definitions, string apiId, string stage) =>
        Require(definitions, apiId).Stages.GetValueOrDefault(stage) ?? throw new ControlException(ControlError.NotFound("Invalid stage identifier specified"));
}
