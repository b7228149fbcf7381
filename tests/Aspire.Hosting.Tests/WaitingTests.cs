using System.Collections.Concurrent;
using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Tests;

public sealed class WaitingTests
{
    [Fact]
    public async Task WaitFor_UnhealthyDependency_StartsOnceItIsHealthy()
    {
        var order = new ConcurrentQueue<string>();
        await using var application = await TestApplication.StartAsync(builder =>
        {
            var server = builder.AddExecutable("server", "node", "Programs", "server.mjs").WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/health");
            builder.AddExecutable("client", "sleep", ".", "60").WaitFor(server);
            Record<ResourceReadyEvent>(builder, "ready", order);
            Record<BeforeResourceStartedEvent>(builder, "starts", order);
        });
        var running = await application.WaitUntilRunningAsync("server");
        await application.WaitForAsync("server", snapshot => snapshot.HealthReports.Any(report => report.Description == "/health answered 503 instead of 200."));
        Assert.Equal(KnownResourceStates.Waiting, await application.WaitForStateAsync("client", KnownResourceStates.Waiting));
        Assert.Equal(["server starts"], order);

        using var http = new HttpClient();
        await http.GetStringAsync(running.Snapshot.Urls.Single().Url + "/ready");
        await application.WaitUntilRunningAsync("client");
        Assert.Equal(["server starts", "server ready", "client starts"], order.Take(3));
    }

    [Fact]
    public async Task WaitForCompletion_ExpectedExitCode_Starts()
    {
        await using var application = await TestApplication.StartAsync(builder =>
        {
            var setUp = builder.AddExecutable("set-up", "sh", ".", "-c", "exit 3");
            builder.AddExecutable("client", "sleep", ".", "60").WaitForCompletion(setUp, exitCode: 3);
        });
        await application.WaitUntilRunningAsync("client");
        Assert.Equal(3, (await application.WaitForAsync("set-up", snapshot => snapshot.ExitCode is not null)).Snapshot.ExitCode);
    }

    [Fact]
    public async Task WaitForCompletion_OtherExitCode_FailsToStartAndSaysWhy()
    {
        await using var application = await TestApplication.StartAsync(builder =>
        {
            var setUp = builder.AddExecutable("set-up", "sh", ".", "-c", "exit 1");
            builder.AddExecutable("client", "sleep", ".", "60").WaitForCompletion(setUp);
        });
        await application.WaitForStateAsync("client", KnownResourceStates.FailedToStart);
        Assert.Contains(
            "[sys] client does not start: set-up, which has to complete first, ended with exit code 1 (expected 0).",
            await Logs.OfAsync(application, "client"));
    }

    [Fact]
    public async Task WaitFor_DependencyEnded_StopsWaiting()
    {
        await using var application = await TestApplication.StartAsync(builder =>
        {
            var server = builder.AddExecutable("server", "sh", ".", "-c", "exit 9").WithHttpEndpoint(env: "PORT").WithHttpHealthCheck("/health");
            builder.AddExecutable("client", "sleep", ".", "60").WaitFor(server, WaitBehavior.StopOnResourceUnavailable);
        });
        await application.WaitForStateAsync("client", KnownResourceStates.FailedToStart);
        Assert.Contains("[sys] client does not start: server, which it waits for, entered the 'Exited' state (exit code 9).", await Logs.OfAsync(application, "client"));
    }

    [Fact]
    public async Task ExplicitStart_StartCommand_Starts()
    {
        await using var application = await TestApplication.StartAsync(builder =>
            builder.AddExecutable("later", "sleep", ".", "60").WithExplicitStart());
        var waiting = await application.WaitForAsync("later", snapshot => snapshot.Commands.Length > 0);
        Assert.Equal(KnownResourceStates.NotStarted, waiting.Snapshot.State?.Text);
        Assert.True((await application.Commands.ExecuteCommandAsync(waiting.ResourceId, KnownResourceCommands.StartCommand, application.Patient)).Success);
        await application.WaitUntilRunningAsync("later");
    }

    [Fact]
    public async Task Start_UnknownProgram_FailsToStartAndNamesIt()
    {
        await using var application = await TestApplication.StartAsync(builder => builder.AddExecutable("broken", "no-such-program", "."));
        await application.WaitForStateAsync("broken", KnownResourceStates.FailedToStart);
        Assert.Contains("[sys] The program 'no-such-program' was not found.", await Logs.OfAsync(application, "broken"));
    }

    private static void Record<T>(IDistributedApplicationBuilder builder, string what, ConcurrentQueue<string> order)
        where T : IDistributedApplicationResourceEvent =>
        builder.Eventing.Subscribe<T>((happened, _) =>
        {
            order.Enqueue($"{happened.Resource.Name} {what}");
            return Task.CompletedTask;
        });
}
