using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Local.Resources;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Logs;

/// <summary>
/// Repeats on the AppHost's console what a person wants to see there: changes of state, warnings and errors of every resource, and
/// all that set-up steps print. Everything else is in the log files.
/// </summary>
internal sealed class ConsoleReporter(
    DistributedApplicationModel model,
    DistributedApplicationOptions options,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    ILoggerFactory consoles) : IHostedService
{
    private readonly ConcurrentDictionary<string, string> _shown = new();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = ReportStatesAsync();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Goes on while the application stops, which is worth seeing too; disposing the services ends the streams.</summary>
    private async Task ReportStatesAsync()
    {
        await foreach (var change in notifications.WatchAsync(CancellationToken.None))
        {
            var console = consoles.CreateLogger(change.Resource.GetReplicaCount() > 1 ? change.ResourceId : change.Resource.Name);
            var state = Describe(change.Snapshot);
            if (!_shown.TryGetValue(change.ResourceId, out var before))
                _ = ReportLinesAsync(change, console);
            if (state == before)
                continue;
            _shown[change.ResourceId] = state;
            if (state != KnownResourceStates.NotStarted && change.Resource.HasProcess && !change.Resource.HasAnnotationOfType<HiddenAnnotation>())
                ConsoleLog.StateChanged(console, state);
        }
    }

    private async Task ReportLinesAsync(ResourceEvent instance, ILogger console)
    {
        var all = options.EnableResourceLogging || IsSetUpStep(instance.Resource);
        var levels = new OutputLevels();
        await foreach (var lines in loggers.WatchAsync(instance.ResourceId))
        {
            foreach (var line in lines)
            {
                var level = levels.Of(line);
                if (level >= LogLevel.Warning || (all && IsOutput(line)))
                    ConsoleLog.Line(console, level, WithoutMark(line.Content));
            }
        }
    }

    /// <summary>A program that others wait to complete: installing something takes time, and says how far it is.</summary>
    private bool IsSetUpStep(IResource resource) => resource is ExecutableResource && model.Resources.Any(other =>
        other.Annotations.OfType<WaitAnnotation>().Any(wait => wait.Resource == resource && wait.WaitType == WaitType.WaitForCompletion));

    private static string WithoutMark(string line) =>
        line.StartsWith(ResourceLogger.Mark, StringComparison.Ordinal) ? line[ResourceLogger.Mark.Length..] : line;

    private static bool IsOutput(LogLine line) =>
        !string.IsNullOrWhiteSpace(line.Content) && !line.Content.StartsWith(ResourceLogger.Mark, StringComparison.Ordinal);

    private static string Describe(CustomResourceSnapshot snapshot) => snapshot switch
    {
        { State.Text: "Exited" } => $"Exited (exit code {snapshot.ExitCode})",
        { State.Text: "Running", IsReady: true, HealthReports.Length: > 0 } => "Healthy",
        _ => snapshot.State?.Text ?? "Unknown",
    };
}

internal static partial class ConsoleLog
{
    [LoggerMessage(1, LogLevel.Information, "{State}")]
    public static partial void StateChanged(ILogger logger, string state);

    [LoggerMessage(EventId = 2, Message = "{Line}")]
    public static partial void Line(ILogger logger, LogLevel level, string line);
}
