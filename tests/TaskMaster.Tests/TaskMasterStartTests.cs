using System.Net;
using ApiPoc.Testing;

namespace ApiPoc.TaskMaster.Tests;

/// <summary>How the process begins and ends.</summary>
public sealed class TaskMasterStartTests
{
    /// <summary>Hides from the SDK what this machine may know: variables, profiles, what an instance says of itself.</summary>
    private static readonly (string Key, string? Value)[] NoAws =
    [
        ("AWS_REGION", null), ("AWS_DEFAULT_REGION", null), ("AWS_ENDPOINT_URL", null), ("AWS_ENDPOINT_URL_SQS", null),
        ("AWS_ACCESS_KEY_ID", null), ("AWS_SECRET_ACCESS_KEY", null), ("AWS_PROFILE", null), ("AWS_CONFIG_FILE", "/nowhere"),
        ("AWS_SHARED_CREDENTIALS_FILE", "/nowhere"), ("AWS_EC2_METADATA_DISABLED", "true"),
    ];

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
            ("Messaging:JobQueue", "job-dlq"), ("AWS_REGION", "eu-west-1"));
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
    public async Task Start_NothingSaysWhereTheQueueIs_PrintsThatAndExitsWithOne()
    {
        var (exitCode, errors) = await ServiceProcess.RunAsync("TaskMaster", folder: null, [.. NoAws, ("Runs:JobsOnStart", "many")]);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            """
            Cannot start:
              AWS_REGION: (not set): required to find SQS, or AWS_ENDPOINT_URL
              Runs:JobsOnStart: 'many': expected a whole number up to 2147483647
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
