namespace ApiPoc.Orchestrator;

/// <summary>What this process calls itself to others.</summary>
internal sealed class InstanceName
{
    public string Value { get; } = $"orchestrator@{Environment.MachineName}:{Environment.ProcessId}";
}
