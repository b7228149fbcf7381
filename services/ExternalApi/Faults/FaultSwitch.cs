using Microsoft.Extensions.Options;

namespace ApiPoc.ExternalApi.Faults;

/// <summary>The faults in force: as configured, or as last switched.</summary>
internal sealed class FaultSwitch(IOptionsMonitor<FaultOptions> configured)
{
    private volatile FaultOptions? _switched;

    /// <summary>What is in force; not to be changed in place.</summary>
    public FaultOptions Current => _switched ?? configured.CurrentValue;

    /// <summary>Puts other, valid options in force; null puts the configured ones.</summary>
    public void Set(FaultOptions? options) => _switched = options;
}
