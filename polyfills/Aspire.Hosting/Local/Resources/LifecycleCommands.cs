using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Local.Resources;

/// <summary>The commands start, stop and restart of every resource with processes.</summary>
internal static class LifecycleCommands
{
    /// <summary>How long a process that a person stops may take before it is killed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

    public static void AddTo(IResource resource, ResourceRunner runner)
    {
        Add(KnownResourceCommands.StartCommand, "Start", "Play", IsStopped, instance => runner.StartAsync(instance, waitsFirst: false));
        Add(KnownResourceCommands.StopCommand, "Stop", "Stop", IsRunning, instance => instance.StopAsync(Grace));
        Add(KnownResourceCommands.RestartCommand, "Restart", "ArrowCounterclockwise", IsRunning, async instance =>
        {
            await instance.StopAsync(Grace);
            await runner.StartAsync(instance, waitsFirst: false);
        });

        void Add(string name, string displayName, string icon, Func<string?, bool> isPossible, Func<ResourceInstance, Task> execute) =>
            resource.Annotations.Add(new ResourceCommandAnnotation(
                name,
                displayName,
                async context =>
                {
                    await execute(runner.InstanceOf(context.ResourceName));
                    return CommandResults.Success();
                },
                new() { IconName = icon, IsHighlighted = true, UpdateState = context => StateOf(isPossible(context.ResourceSnapshot.State?.Text)) }));
    }

    private static ResourceCommandState StateOf(bool isPossible) => isPossible ? ResourceCommandState.Enabled : ResourceCommandState.Hidden;

    private static bool IsRunning(string? state) => state == KnownResourceStates.Running;

    private static bool IsStopped(string? state) =>
        state is null || state == KnownResourceStates.NotStarted || state == KnownResourceStates.Waiting || KnownResourceStates.TerminalStates.Contains(state);
}
