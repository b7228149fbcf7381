using System.Diagnostics;
using System.Text.Json;
using ApiPoc.Benchmarks.Draining.Consuming;
using ApiPoc.Benchmarks.Draining.Judging;
using ApiPoc.Simulation;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks.Draining.Peers;

/// <summary>A peer drains one scenario: as many processes as we have workers, as many calls at once, on a Redis of its own.</summary>
internal sealed class PeerRun(int seed)
{
    /// <summary>How much longer than the API's a peer keeps its window: a call is counted before it arrives. By hand, as its user would.</summary>
    private const int GuardMs = 25;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The peers, by the names of their files in eng/peers.</summary>
    public static IReadOnlyList<string> Names { get; } = ["bottleneck", "bullmq", "rate-limiter-flexible"];

    /// <summary>Whether the peers have a way to be told the scenario's limits: all of them know one limit of a known size, and have no part of an orchestrator.</summary>
    public static bool CanDrain(Scenario scenario) => scenario is { Declared.Count: 1, Weights.Count: 0, Crash: null or { Victim: CrashVictim.Worker } };

    /// <summary>Installs the peers when missing.</summary>
    /// <returns>Whether they are there; without Node.js they are not.</returns>
    public static async Task<bool> InstallAsync()
    {
        try
        {
            await SetupScript.RunAsync("npm-ci.sh", [PeerProcess.Folder], CancellationToken.None);
            return true;
        }
        catch (InvalidOperationException missing)
        {
            Console.Error.WriteLine($"No peers: {missing.Message}");
            return false;
        }
    }

    /// <summary>Runs it.</summary>
    public async Task<DrainRow> RunAsync(string peer, Scenario scenario)
    {
        await using var redis = await RedisServer.StartAsync();
        await using var referee = await RefereeServer.StartAsync(scenario, seed);
        var processes = await Task.WhenAll(Enumerable.Range(0, scenario.Processes)
            .Select(index => PeerProcess.StartAsync(peer, Settings(scenario, referee, redis, index))));
        try
        {
            return await RunAsync(peer, scenario, redis, referee, processes);
        }
        finally
        {
            foreach (var process in processes)
                await process.DisposeAsync();
        }
    }

    private static async Task<DrainRow> RunAsync(string peer, Scenario scenario, RedisServer redis, RefereeServer referee, PeerProcess[] processes)
    {
        await referee.WaitForStartAsync();
        var commandsBefore = await RedisCommands.ReadAsync(redis.Port);
        var processorBefore = TimeSpan.FromTicks(processes.Sum(process => process.ProcessorTime.Ticks));
        long startedAt = Stopwatch.GetTimestamp();
        await Task.WhenAll(processes.Select(process => process.GoAsync()));
        await DrainAsync(scenario, referee, processes, startedAt);
        var calls = referee.Calls.Snapshot();
        CallRecord.Save($"{scenario.Name}-{peer}", calls);
        var verdict = Verdict.Of(calls, scenario, referee.OptimalTime);
        return new DrainRow(peer, scenario, verdict)
        {
            SinceSubmit = Stopwatch.GetElapsedTime(startedAt),
            Lost = verdict.Missing,
            Redis = await RedisCommands.ReadAsync(redis.Port) - commandsBefore,
            ProcessorTime = TimeSpan.FromTicks(processes.Sum(process => process.ProcessorTime.Ticks)) - processorBefore,
        };
    }

    private static async Task DrainAsync(Scenario scenario, RefereeServer referee, PeerProcess[] processes, long startedAt)
    {
        var patience = Patience + (3 * TimeSpan.FromMicroseconds(referee.OptimalTime));
        var crash = scenario.Crash;
        var allDone = Task.WhenAll(processes.Select(process => process.Done));
        while (!referee.Calls.Drained.IsCompleted && !allDone.IsCompleted && Stopwatch.GetElapsedTime(startedAt) < patience)
        {
            if (crash is not null && referee.Calls.Done >= crash.At * scenario.Jobs)
            {
                processes[^1].Kill();
                crash = null;
            }
            await Task.WhenAny(referee.Calls.Drained, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }
    }

    private static string Settings(Scenario scenario, RefereeServer referee, RedisServer redis, int index) => JsonSerializer.Serialize(new
    {
        apiUrl = referee.ApiUrl,
        warmUpUrl = referee.WarmUpUrl,
        redisPort = redis.Port,
        caller = $"process-{index + 1}",
        index,
        processes = scenario.Processes,
        concurrency = ConsumerSettings.PerWorker,
        jobs = scenario.Jobs,
        limit = scenario.Declared[0].Count,
        windowMs = scenario.Declared[0].Period.TotalMilliseconds,
        guardMs = GuardMs,
    });
}
