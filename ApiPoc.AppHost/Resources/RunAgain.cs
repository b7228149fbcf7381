using Microsoft.Extensions.Logging;

namespace ApiPoc.AppHost.Resources;

/// <summary>
/// Runs a resource that completes once more each time something it waited for had to be started again: what it had set up there may be
/// gone, as the queues of an emulator that keeps them in memory are.
/// </summary>
internal sealed partial class RunAgain(
    DistributedApplicationModel model, ResourceNotificationService notifications, ResourceCommandService commands, ILogger<RunAgain> logger) : IDisposable
{
    // Two of its servers may come back at once; it runs for one after the other.
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Runs what set something up in <paramref name="restarted"/>, as soon as that is healthy.</summary>
    public async Task AfterRestartAsync(IResource restarted, CancellationToken cancellationToken)
    {
        foreach (var setUp in model.Resources.Where(resource => resource.HasAnnotationOfType<RunAgainAnnotation>() && WaitsFor(resource, restarted)))
        {
            await notifications.WaitForResourceHealthyAsync(restarted.Name, cancellationToken);
            await RunAsync(setUp, restarted, cancellationToken);
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task RunAsync(IResource setUp, IResource restarted, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            await notifications.WaitForResourceAsync(setUp.Name, KnownResourceStates.TerminalStates, cancellationToken);
            RunningAgain(setUp.Name, restarted.Name);
            await commands.ExecuteCommandAsync(setUp, KnownResourceCommands.StartCommand, cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private static bool WaitsFor(IResource resource, IResource other) =>
        resource.Annotations.OfType<WaitAnnotation>().Any(wait => wait.Resource == other);

    [LoggerMessage(1, LogLevel.Warning, "{SetUp} runs again: {Restarted} has been started again and may have lost what was set up in it")]
    private partial void RunningAgain(string setUp, string restarted);
}

/// <summary>The resource completes, and runs again when what it waited for had to be started again.</summary>
internal sealed class RunAgainAnnotation : IResourceAnnotation;

internal static class RunAgainRegistration
{
    /// <inheritdoc cref="Resources.RunAgain"/>
    public static IResourceBuilder<T> RunAgainAfterRestarts<T>(this IResourceBuilder<T> setUp)
        where T : IResource => setUp.WithAnnotation(new RunAgainAnnotation());
}
