using System.Diagnostics;
using ApiPoc.Testing;

namespace Aspire.Hosting.Tests;

public sealed class LifecycleTests
{
    [Fact]
    public async Task Process_Killed_ShowsAsExitedUntilStarted()
    {
        await using var application = await TestApplication.StartAsync(builder => builder.AddExecutable("worker", "sleep", ".", "60"));
        var first = await application.WaitUntilRunningAsync("worker");
        Kill(first);
        var ended = await application.WaitForAsync("worker", snapshot => snapshot.ExitCode is not null);
        Assert.Equal(("Exited", 128 + PosixSignals.Kill), (ended.Snapshot.State?.Text, ended.Snapshot.ExitCode));
        Assert.Contains($"[sys] Process {TestApplication.ProcessIdOf(first)} ended with exit code 137", await Logs.OfAsync(application, "worker"));

        Assert.Equal(ResourceCommandState.Enabled, StateOf(ended, KnownResourceCommands.StartCommand));
        Assert.Equal(ResourceCommandState.Hidden, StateOf(ended, KnownResourceCommands.StopCommand));
        Assert.True((await application.Commands.ExecuteCommandAsync(ended.ResourceId, KnownResourceCommands.StartCommand, application.Patient)).Success);
        var second = await application.WaitUntilRunningAsync("worker");
        Assert.NotEqual(TestApplication.ProcessIdOf(first), TestApplication.ProcessIdOf(second));
        Assert.Null(second.Snapshot.ExitCode);
    }

    [Fact]
    public async Task Restart_RunningProcess_StopsItFirst()
    {
        await using var application = await TestApplication.StartAsync(builder =>
            builder.AddExecutable("worker", "sh", ".", "-c", "trap 'echo ends well; exit 0' TERM; echo listens; while :; do sleep 0.1; done"));
        var first = await application.WaitUntilRunningAsync("worker");
        await Logs.WaitForAsync(application, first, "listens");
        var result = await application.Commands.ExecuteCommandAsync(first.Resource, KnownResourceCommands.RestartCommand, application.Patient);
        Assert.True(result.Success, result.Message);
        var second = await application.WaitUntilRunningAsync("worker");
        Assert.NotEqual(TestApplication.ProcessIdOf(first), TestApplication.ProcessIdOf(second));
        Assert.Contains("ends well", await Logs.OfAsync(application, "worker"));
    }

    [Fact]
    public async Task Process_LeavesAnotherBehind_TakesItAlong()
    {
        await using var application = await TestApplication.StartAsync(builder =>
            builder.AddExecutable("parent", "sh", ".", "-c", "sleep 600 & echo $!; exec sleep 0.2"));
        await application.WaitForStateAsync("parent", KnownResourceStates.Finished);
        var child = int.Parse((await Logs.OfAsync(application, "parent")).Single(line => int.TryParse(line, out _)));
        await Eventually.IsTrueAsync(() => !ProcessList.IsAlive(child), TestApplication.Patience, () => "The process that was left behind still runs.");
    }

    [Fact]
    public async Task UnknownCommand_Fails()
    {
        await using var application = await TestApplication.StartAsync(builder => builder.AddExecutable("worker", "sleep", ".", "60"));
        var running = await application.WaitUntilRunningAsync("worker");
        var result = await application.Commands.ExecuteCommandAsync(running.ResourceId, "dance", application.Patient);
        Assert.Equal((false, $"Command 'dance' not available for resource '{running.ResourceId}'."), (result.Success, result.Message));
    }

    private static ResourceCommandState StateOf(ResourceEvent change, string command) =>
        change.Snapshot.Commands.Single(each => each.Name == command).State;

    private static void Kill(ResourceEvent running)
    {
        using var process = Process.GetProcessById(TestApplication.ProcessIdOf(running));
        process.Kill();
    }
}
