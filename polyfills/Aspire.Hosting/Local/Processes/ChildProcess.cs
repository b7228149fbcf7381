using System.Diagnostics;
using Aspire.Hosting.Local.Logs;
using Aspire.Hosting.Local.Resources;

namespace Aspire.Hosting.Local.Processes;

/// <summary>
/// A process in a session of its own, so that a Ctrl-C in the terminal reaches only the AppHost, which then ends its processes in
/// order; and known to the guard, so that it does not outlive the AppHost.
/// </summary>
internal sealed class ChildProcess
{
    // A project without a launch profile runs as Production, not as whatever the AppHost is; and the address of the resource service
    // is one that nobody listens on here.
    private static readonly string[] NotInherited =
        ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"];

    private readonly Process _process;

    private ChildProcess(Process process, ProcessGuard guard, ResourceLog log)
    {
        _process = process;
        Id = process.Id;
        Exited = WatchAsync(guard, log);
    }

    /// <summary>The process id; its group and session have the same.</summary>
    public int Id { get; }

    public bool HasExited => Exited.IsCompleted;

    /// <summary>The exit code, once the process has ended and all it printed is in the log; 128 + n when signal n ended it.</summary>
    public Task<int> Exited { get; }

    public static ChildProcess Start(Launch launch, ProcessGuard guard, ResourceLog log)
    {
        var start = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = launch.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(launch.Command);
        foreach (var argument in launch.Arguments)
            start.ArgumentList.Add(argument);
        foreach (var name in NotInherited)
            start.Environment.Remove(name);
        foreach (var (name, value) in launch.Environment)
            start.Environment[name] = value;
        start.Environment[ProcessGuard.MarkVariable] = guard.Mark;
        var process = Process.Start(start)!;
        guard.Add(process.Id);
        process.StandardInput.Close();
        return new(process, guard, log);
    }

    /// <summary>Asks the process to end; false when it had to be killed.</summary>
    public async Task<bool> StopAsync(TimeSpan grace, TimeProvider clock)
    {
        ProcessGroup.SendTerminate(Id);
        try
        {
            await Exited.WaitAsync(grace, clock);
            return true;
        }
        catch (TimeoutException)
        {
            ProcessGroup.SendKill(Id);
            await Exited;
            return false;
        }
    }

    private async Task<int> WatchAsync(ProcessGuard guard, ResourceLog log)
    {
        var output = Task.WhenAll(PumpAsync(_process.StandardOutput, log, isError: false), PumpAsync(_process.StandardError, log, isError: true));
        await _process.WaitForExitAsync();
        // Whatever it started and left behind would hold its ports and the pipes.
        ProcessGroup.SendKill(Id);
        guard.Remove(Id);
        await output;
        using (_process)
            return _process.ExitCode;
    }

    private static async Task PumpAsync(StreamReader reader, ResourceLog log, bool isError)
    {
        while (await reader.ReadLineAsync() is { } line)
            log.Append(line, isError);
    }
}
