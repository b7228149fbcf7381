using ApiPoc.Gateway.Control.Patching;
using ApiPoc.Gateway.Control.RestApis;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.Stages;

namespace ApiPoc.Gateway.Control.Stages;

/// <summary>GetStages, GetStage, UpdateStage, FlushStageCache.</summary>
internal static class StageOperations
{
    /// <summary>Lists an API's stages.</summary>
    public static IResult List(string apiId, DefinitionSource definitions, RegistryReplica registry, string? deploymentId = null)
    {
        var stages = deploymentId is null || deploymentId == DeclaredId.OfDeployment(apiId) ? DeclaredApi.Require(definitions, apiId).Stages : [];
        return ControlAnswer.Ok(new StagesDocument([.. stages.Keys.Order(StringComparer.Ordinal).Select(stage => Shown(apiId, stage, definitions, registry))]));
    }

    /// <summary>Shows a stage.</summary>
    public static IResult Get(string apiId, string stage, DefinitionSource definitions, RegistryReplica registry) =>
        ControlAnswer.Ok(Shown(apiId, stage, definitions, registry));

    /// <summary>Changes a stage.</summary>
    public static async Task<IResult> UpdateAsync(
        string apiId, string stage, JsonBody<PatchRequest> body, StageStore stages, DefinitionSource definitions, CancellationToken cancellationToken)
    {
        DeclaredApi.RequireStage(definitions, apiId, stage);
        var changed = await stages.UpdateAsync(
            apiId, stage, before => StageCheck.Checked(StagePatch.Table.Apply(before, body.Value), before, definitions.Current), cancellationToken);
        return ControlAnswer.Ok(StageDocument.Of(changed, definitions.Current.Account));
    }

    /// <summary>Empties a stage's cache.</summary>
    public static async Task<IResult> FlushCacheAsync(string apiId, string stage, StageStore stages, DefinitionSource definitions, CancellationToken cancellationToken)
    {
        DeclaredApi.RequireStage(definitions, apiId, stage);
        await stages.FlushCacheAsync(apiId, stage, cancellationToken);
        return ControlAnswer.Accepted();
    }

    private static StageDocument Shown(string apiId, string stage, DefinitionSource definitions, RegistryReplica registry)
    {
        var declared = DeclaredApi.RequireStage(definitions, apiId, stage);
        var settings = registry.State.Stages.GetValueOrDefault($"{apiId}/{stage}") ?? StageSettings.Declared(apiId, stage, declared);
        return StageDocument.Of(settings, definitions.Current.Account);
    }
}

/// <summary>Stages as the API shows them: all of them, AWS does not page here.</summary>
internal sealed record StagesDocument(IReadOnlyList<StageDocument> Item);
