namespace Aspire.Hosting.Tests;

public sealed class CommandTests
{
    [Fact]
    public async Task HttpCommand_WithQuery_PostsToTheResource()
    {
        await using var application = await TestApplication.StartAsync(builder =>
            builder.AddProject<Projects.Aspire_Hosting_TestService>("service", options => options.ExcludeLaunchProfile = true)
                .WithHttpEndpoint(name: "http").WithHttpHealthCheck("/")
                .WithHttpCommand("/commands", "Count", commandName: "count", commandOptions: new()
                {
                    ResultMode = HttpCommandResultMode.Auto,
                    PrepareRequest = context =>
                    {
                        context.Request.RequestUri = new($"{context.Request.RequestUri}?count=41");
                        return Task.CompletedTask;
                    },
                })
                .WithHttpCommand("/missing", "Fail", commandName: "fail"));
        var service = await application.Notifications.WaitForResourceHealthyAsync("service", application.Patient);
        Assert.Equal(ResourceCommandState.Enabled, service.Snapshot.Commands.Single(command => command.Name == "count").State);

        var counted = await application.Commands.ExecuteCommandAsync(service.Resource, "count", application.Patient);
        Assert.Equal((true, "41", CommandResultFormat.Json), (counted.Success, counted.Data?.Value, counted.Data?.Format));
        var failed = await application.Commands.ExecuteCommandAsync(service.Resource, "fail", application.Patient);
        Assert.Equal((false, "Request failed with status code NotFound"), (failed.Success, failed.Message));
    }

    [Fact]
    public async Task Command_Throws_FailsWithItsMessage()
    {
        await using var application = await TestApplication.StartAsync(builder => builder.AddExecutable("worker", "sleep", ".", "60")
            .WithCommand("fail", "Fail", _ => throw new InvalidOperationException("It is broken.")));
        var running = await application.WaitUntilRunningAsync("worker");
        var result = await application.Commands.ExecuteCommandAsync(running.ResourceId, "fail", application.Patient);
        Assert.Equal((false, "It is broken."), (result.Success, result.Message));
    }
}
