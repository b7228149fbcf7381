namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource starts only after another one has reached a state.</summary>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    public IResource Resource { get; } = resource;

    public WaitType WaitType { get; } = waitType;

    public WaitBehavior? WaitBehavior { get; init; }

    /// <summary>The exit code that counts as success when waiting for completion.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>The state that is waited for.</summary>
public enum WaitType
{
    WaitUntilHealthy,
    WaitForCompletion,
    WaitUntilStarted,
}

/// <summary>What a waiting resource does when the other one ends.</summary>
public enum WaitBehavior
{
    WaitOnResourceUnavailable,
    StopOnResourceUnavailable,
}

/// <summary>A health check that must pass before the resource counts as healthy.</summary>
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    public string Key { get; } = key;
}
