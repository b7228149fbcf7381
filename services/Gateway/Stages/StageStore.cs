using ApiPoc.Gateway.Registry;

namespace ApiPoc.Gateway.Stages;

/// <summary>The stages' settings: changed, their caches flushed. Read them from <see cref="RegistryReplica.State"/>.</summary>
internal sealed class StageStore(RegistryReplica replica, TimeProvider clock)
{
    /// <summary>Changes a stage's settings.</summary>
    /// <exception cref="RegistryException">There is no such stage.</exception>
    public async Task<StageSettings> UpdateAsync(string apiId, string stage, Func<StageSettings, StageSettings> change, CancellationToken cancellationToken)
    {
        await replica.ChangeAsync(
            state => [RegistryState.Item(RegistryNames.Of(RegistryNames.Stage, apiId, stage), change(Require(state, apiId, stage)) with { UpdatedAt = clock.GetUtcNow() })],
            cancellationToken);
        return Require(replica.State, apiId, stage);
    }

    /// <summary>Makes every cached answer of a stage unreachable, on every instance within the registry's propagation time.</summary>
    /// <exception cref="RegistryException">There is no such stage.</exception>
    public Task FlushCacheAsync(string apiId, string stage, CancellationToken cancellationToken) =>
        UpdateAsync(apiId, stage, settings => settings with { CacheGeneration = settings.CacheGeneration + 1 }, cancellationToken);

    private static StageSettings Require(RegistryState state, string apiId, string stage) =>
        state.Stages.TryGetValue($"{apiId}/{stage}", out var settings) ? settings : throw new RegistryException(RegistryProblem.NotFound, "Invalid stage identifier specified");
}
