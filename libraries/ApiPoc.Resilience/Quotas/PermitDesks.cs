using System.Collections.Concurrent;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Resilience.Quotas;

/// <summary>The process's desk for each API.</summary>
public sealed class PermitDesks(IQuotaEngine quota, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, PermitDesk> _desks = new(StringComparer.Ordinal);

    /// <summary>An API's desk.</summary>
    public PermitDesk this[string apiId] => _desks.GetOrAdd(apiId, id => new PermitDesk(id, quota, clock));
}
