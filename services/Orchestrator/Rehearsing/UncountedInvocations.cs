using ApiPoc.Domain.Jobs;

namespace ApiPoc.Orchestrator.Rehearsing;

/// <summary>Counts no invocation.</summary>
internal sealed class UncountedInvocations : IInvocationStats
{
    public void Count(string apiId)
    {
    }

    public Task<IReadOnlyDictionary<string, long>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, long>>(new Dictionary<string, long>(StringComparer.Ordinal));
}
