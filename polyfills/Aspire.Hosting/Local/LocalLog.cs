using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local;

/// <summary>What the AppHost says, about itself and in resources' logs.</summary>
internal static partial class LocalLog
{
    [LoggerMessage(1, LogLevel.Information, "Waiting for {Dependency} ({WaitType})")]
    public static partial void WaitBegan(ILogger logger, string dependency, WaitType waitType);

    [LoggerMessage(2, LogLevel.Information, "Finished waiting for {Dependency}")]
    public static partial void WaitEnded(ILogger logger, string dependency);

    [LoggerMessage(3, LogLevel.Information, "Executing command '{Command}'")]
    public static partial void CommandBegan(ILogger logger, string command);

    [LoggerMessage(4, LogLevel.Information, "Command '{Command}' ended, success: {Success} {Message}")]
    public static partial void CommandEnded(ILogger logger, string command, bool success, string? message);

    [LoggerMessage(5, LogLevel.Error, "Command '{Command}' failed")]
    public static partial void CommandFailed(ILogger logger, Exception failure, string command);

    [LoggerMessage(6, LogLevel.Information, "Distributed application starting.")]
    public static partial void ApplicationStarting(ILogger logger);

    [LoggerMessage(7, LogLevel.Information, "Application host directory is: {Directory}")]
    public static partial void ApplicationDirectory(ILogger logger, string directory);

    [LoggerMessage(8, LogLevel.Information, "Distributed application started. Press Ctrl+C to shut down.")]
    public static partial void ApplicationStarted(ILogger logger);

    [LoggerMessage(9, LogLevel.Information, "Distributed application stopping: ending {Processes} processes.")]
    public static partial void ApplicationStopping(ILogger logger, int processes);

    [LoggerMessage(10, LogLevel.Information, "Distributed application stopped.")]
    public static partial void ApplicationStopped(ILogger logger);

    [LoggerMessage(11, LogLevel.Information, "Started process {ProcessId}: {Command}")]
    public static partial void ProcessStarted(ILogger logger, int processId, string command);

    [LoggerMessage(12, LogLevel.Information, "Process {ProcessId} ended with exit code {ExitCode}")]
    public static partial void ProcessEnded(ILogger logger, int processId, int exitCode);

    [LoggerMessage(13, LogLevel.Error, "Failed to start")]
    public static partial void StartFailed(ILogger logger, Exception failure);

    [LoggerMessage(14, LogLevel.Warning, "Process {ProcessId} did not end on SIGTERM within {Grace} and was killed")]
    public static partial void ProcessKilled(ILogger logger, int processId, TimeSpan grace);

    [LoggerMessage(15, LogLevel.Warning, "The dotnet run that started this process is gone: stopping.")]
    public static partial void ParentGone(ILogger logger);

    [LoggerMessage(16, LogLevel.Information, "Now listening on: {Url}")]
    public static partial void DashboardListening(ILogger logger, string url);

    [LoggerMessage(17, LogLevel.Information, "Login to the dashboard at {Url}")]
    public static partial void DashboardLogin(ILogger logger, string url);

    [LoggerMessage(18, LogLevel.Warning, "There is no dashboard: {Reason}")]
    public static partial void DashboardMissing(ILogger logger, string reason);

    [LoggerMessage(20, LogLevel.Warning, "The process that ends everything when the AppHost is killed has itself been ended: starting another.")]
    public static partial void GuardGone(ILogger logger);

    [LoggerMessage(19, LogLevel.Critical, "{Message}")]
    public static partial void StartRefused(ILogger logger, string message);
}
