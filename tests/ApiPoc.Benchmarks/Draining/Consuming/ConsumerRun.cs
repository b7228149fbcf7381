using System.Diagnostics;
using ApiPoc.Benchmarks.Draining.Judging;
using ApiPoc.Domain.Jobs;
using ApiPoc.Simulation;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks.Draining.Consuming;

/// <summary>Our consumer drains one scenario, on Redis and queues of its own.</summary>
internal sealed class ConsumerRun(DrainArguments arguments, DynamoDbEmulator tables)
{
    private const string Name = "ApiPoc";
    private const int WarmUpJobs = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // What a killed process was doing is tried again when its attempt's lease, and its message's visibility, have run out.
    private static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(60);


    /// <summary>Runs it.</summary>
    public async Task<DrainRow> RunAsync(Scenario scenario)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var queues = await SqsEmulator.StartAsync();
        await ProvisionAsync(queues);
        await using var referee = await RefereeServer.StartAsync(scenario, arguments.Seed);
        await using var fleet = await Fleet.StartAsync(new ConsumerSettings(scenario, referee, redis, queues), scenario.Processes, Orchestrators(scenario));
        using var sender = new JobSender(queues);
        int warmedUp = arguments.IsCold ? 0 : await WarmUpAsync(sender, fleet);

        using var quotaScripts = await QuotaScripts.StartAsync(redis.Port, ConsumerSettings.Measured);
        await referee.WaitForStartAsync();
        var commandsBefore = await RedisCommands.ReadAsync(redis.Port);
        var processorBefore = fleet.ProcessorTime;
        long submittedAt = Stopwatch.GetTimestamp();
        var sending = sender.SendAsync(Jobs(scenario));
        await DrainAsync(scenario, referee, fleet);
        await sending;
        int recorded = await fleet.WaitForRecordedAsync(warmedUp + scenario.Jobs, SettlesWithin) - warmedUp;
        var sinceSubmit = Stopwatch.GetElapsedTime(submittedAt);

        var calls = referee.Calls.Snapshot();
        CallRecord.Save($"{scenario.Name}-{Name}", calls);
        return new DrainRow(Name, scenario, Verdict.Of(calls, scenario, referee.OptimalTime))
        {
            SinceSubmit = sinceSubmit,
            Lost = scenario.Jobs - recorded,
            Redis = await RedisCommands.ReadAsync(redis.Port) - commandsBefore,
            QuotaScripts = await quotaScripts.StopAsync(),
            ProcessorTime = fleet.ProcessorTime - processorBefore,
        };
    }

    // One that is killed leaves another.
    private int Orchestrators(Scenario scenario) =>
        scenario.Crash?.Victim is CrashVictim.Orchestrator ? Math.Max(2, arguments.Orchestrators) : arguments.Orchestrators;

    private async Task ProvisionAsync(SqsEmulator queues)
    {
        var (exitCode, errors) = await ServiceProcess.RunAsync(
            "Provisioner", folder: null, [.. queues.Settings.Select(setting => (setting.Key, setting.Value)), ("AWS_ENDPOINT_URL_DYNAMODB", tables.Url)]);
        if (exitCode != 0)
            throw new InvalidOperationException($"The queues could not be made: {errors}");
    }

    private static async Task<int> WarmUpAsync(JobSender sender, Fleet fleet)
    {
        await sender.SendAsync(Enumerable.Range(0, WarmUpJobs).Select(number => new Job
        {
            JobId = $"warm-up-{number}",
            Operation = JobOperation.NewSurveys,
            ApiId = ConsumerSettings.WarmUp,
            Resource = "items",
        }));
        int recorded = await fleet.WaitForRecordedAsync(WarmUpJobs, Patience);
        return recorded == WarmUpJobs ? recorded : throw new InvalidOperationException($"Only {recorded} of {WarmUpJobs} jobs of the warm-up were done.");
    }

    private static IEnumerable<Job> Jobs(Scenario scenario) => Enumerable.Range(0, scenario.Jobs).Select(number => new Job
    {
        JobId = JobNames.Of(number),
        Operation = JobOperation.NewSurveys,
        ApiId = ConsumerSettings.Measured,
        Resource = scenario.Resource(number),
        Tenant = scenario.Tenant(number) is { Length: > 0 } tenant ? tenant : null,
    });

    private static async Task DrainAsync(Scenario scenario, RefereeServer referee, Fleet fleet)
    {
        var patience = Patience + (4 * TimeSpan.FromMicroseconds(referee.OptimalTime));
        long startedAt = Stopwatch.GetTimestamp();
        var crash = scenario.Crash;
        while (!referee.Calls.Drained.IsCompleted && Stopwatch.GetElapsedTime(startedAt) < patience)
        {
            if (crash is not null && referee.Calls.Done >= crash.At * scenario.Jobs)
            {
                fleet.Kill(crash.Victim);
                crash = null;
            }
            await Task.WhenAny(referee.Calls.Drained, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }
    }
}
