using System.Collections.Concurrent;

namespace ApiPoc.Gateway.Concurrency;

/// <summary>The gates by method. They outlive deployments, for calls of the last one are still in progress.</summary>
internal sealed class ConcurrencyGates
{
    private readonly ConcurrentDictionary<string, ConcurrencyGate> _gates = new(StringComparer.Ordinal);

    /// <summary>The gate called <paramref name="name"/>, with its limit set anew.</summary>
    public ConcurrencyGate Gate(string name, int limit)
    {
        var gate = _gates.GetOrAdd(name, _ => new ConcurrencyGate());
        gate.Limit = limit;
        return gate;
    }
}
