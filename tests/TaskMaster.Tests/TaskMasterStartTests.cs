using System.Net;
using ApiPoc.Testing;

namespace ApiPoc.TaskMaster.Tests;

/// <summary>How the process begins and ends.</summary>
public sealed class TaskMasterStartTests
{
    [Fact]
    public async Task Start_QueueComesLater_SendsTheFirstRunThenAndStopsWithZero()
    {
        var fixture = new TaskMasterFixture();
        await fixture.InitializeAsync();
        fixture.Emulator.Kill();
        await using var service = await fixture.StartServiceAsync(jobsOnStart: 3);
        using var refused = await service.Http.PostAsync("/run?count=1", content: null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);

        await fixture.Emulator.RestartAsync();
        await fixture.CreateQueuesAsync();
        Assert.Equal(3, (await fixture.ReceiveAsync(3)).Count);

        Assert.Equal(0, await service.StopAsync());
        await fixture.DisposeAsync();
    }

    [Fact]
    public async Task Start_WrongSettings_PrintsThemAllAndExitsWithOne()
    {
        var (exitCode, errors) = await ServiceProcess.RunAsync(
            "TaskMaster", folder: null,
            ("Schedules:steady:Expression", "rate(5 minute)"), ("Schedules:steady:Jobs", "-1"), ("JobSource:Surveys", "many"), ("Runs:JobOnStart", "1"),
            ("Messaging:JobQueue", "job-dlq"));
        Assert.Equal(1, exitCode);
        Assert.Equal(
            """
            Cannot start:
              Messaging: JobQueue and JobDeadLetterQueue: 'job-dlq': queues must differ
              JobSource:Surveys: 'many': expected a whole number up to 2147483647
              Runs:JobOnStart: '1': unknown key: known keys are JobsOnStart
              Schedules:steady:Jobs: -1: out of range: 1 to 100000
              Schedules:steady:Expression: 'rate(5 minute)': rate: write 5 minutes
            """,
            errors);
    }

    [Fact]
    public async Task Start_SettingsAreNotJson_SaysWhereAndExitsWithOne()
    {
        string folder = Directory.CreateTempSubdirectory("apipoc-settings-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "appsettings.json"), "{ \"Runs\": { \"JobsOnStart\": 1, }");
        var (exitCode, errors) = await ServiceProcess.RunAsync("TaskMaster", folder);
        Directory.Delete(folder, recursive: true);

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"Cannot start:\n  Failed to load configuration from file '{folder}/appsettings.json'. ", errors, StringComparison.Ordinal);
        Assert.Contains("LineNumber: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }
}
