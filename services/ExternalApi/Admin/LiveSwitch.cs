using Microsoft.Extensions.Options;

namespace ApiPoc.ExternalApi.Admin;

/// <summary>Options in force: as configured, or as last switched in this process.</summary>
internal sealed class LiveSwitch<TOptions>(IOptionsMonitor<TOptions> configured) where TOptions : class
{
    private volatile TOptions? _switched;

    /// <summary>What is configured; not to be changed in place.</summary>
    public TOptions Configured => configured.CurrentValue;

    /// <summary>What is in force; not to be changed in place.</summary>
    public TOptions Current => _switched ?? Configured;

    /// <summary>Puts other, valid options in force; null puts the configured ones.</summary>
    public void Set(TOptions? options) => _switched = options;
}
