using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local.Resources;

/// <summary>Waits for what a resource's <see cref="WaitAnnotation"/>s ask, all at once, on every instance of each dependency.</summary>
internal sealed class DependencyWaiter(
    ResourceNotificationService notifications, ResourceLoggerService loggers, ResourceNotificationServiceOptions options)
{
    public WaitBehavior DefaultBehavior => options.DefaultWaitBehavior;

    public Task WaitAsync(IResource resource, CancellationToken cancellationToken)
    {
        var waits = resource.Annotations.OfType<WaitAnnotation>()
            .Where(wait => wait.Resource is not IResourceWithoutLifetime)
            .SelectMany(wait => InstanceNames.Of(wait.Resource).Select(id => WaitAsync(resource, wait, id, cancellationToken)));
        return Task.WhenAll(waits);
    }

    private async Task WaitAsync(IResource resource, WaitAnnotation wait, string id, CancellationToken cancellationToken)
    {
        var logger = loggers.GetLogger(resource);
        var behavior = wait.WaitBehavior ?? DefaultBehavior;
        LocalLog.WaitBegan(logger, wait.Resource.Name, wait.WaitType);
        var found = await notifications.WaitForResourceAsync(id, change => IsOver(change, wait.WaitType, behavior), cancellationToken);
        if (Objection(found, wait) is { } objection)
            throw new DistributedApplicationException($"{resource.Name} does not start: {objection}");
        LocalLog.WaitEnded(logger, wait.Resource.Name);
    }

    private static bool IsOver(ResourceEvent change, WaitType type, WaitBehavior behavior) => type switch
    {
        WaitType.WaitForCompletion => change.HasEnded,
        WaitType.WaitUntilStarted => IsRunning(change) || (change.HasEnded && behavior == WaitBehavior.StopOnResourceUnavailable),
        _ => change.IsHealthy || (change.HasEnded && behavior == WaitBehavior.StopOnResourceUnavailable),
    };

    private static string? Objection(ResourceEvent found, WaitAnnotation wait)
    {
        var (name, state, exitCode) = (wait.Resource.Name, found.Snapshot.State?.Text, found.Snapshot.ExitCode);
        if (wait.WaitType != WaitType.WaitForCompletion)
            return found.HasEnded ? $"{name}, which it waits for, entered the '{state}' state (exit code {exitCode})." : null;
        if (state == KnownResourceStates.FailedToStart)
            return $"{name}, which has to complete first, failed to start.";
        return exitCode is { } code && code != wait.ExitCode
            ? $"{name}, which has to complete first, ended with exit code {code} (expected {wait.ExitCode})."
            : null;
    }

    private static bool IsRunning(ResourceEvent change) => change.Snapshot.State?.Text == KnownResourceStates.Running;
}
