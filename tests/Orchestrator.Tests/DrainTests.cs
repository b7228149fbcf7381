using System.Collections.Concurrent;
using System.Net.Http.Json;
using ApiPoc.Testing;
using StackExchange.Redis;

namespace ApiPoc.Orchestrator.Tests;

/// <summary>The whole consumer: real workers as processes, the real quota engine, and an API that counts what it is asked.</summary>
public sealed class DrainTests(Backing backing) : IClassFixture<Backing>
{
    private const int Jobs = 600;

    // More than the jobs need: these tests are about losing and repeating nothing.
    private static readonly (string, string)[] WideQuota =
    [
        ("Api:Limits:0:Name", "second"), ("Api:Limits:0:Count", "500"), ("Api:Limits:0:Period", "00:00:01"), ("Api:Limits:0:Shape", "Window"),
        ("Orchestrator:Visibility", "00:00:06"),
    ];

    [Fact]
    public async Task SixHundredJobs_OneWorkerKilledAndSomeSentTwice_EachResultIsRecordedOnce()
    {
        await using var bench = await Bench.CreateAsync(backing);
        await using var api = await StubApi.StartAsync();
        (string, string)[] settings = [.. WideQuota, ("Api:BaseAddress", api.Url)];
        await using var survivor = await StartWorkerAsync(bench, settings);
        await using var victim = await StartWorkerAsync(bench, settings);
        var orchestrator = await bench.StartRealAsync(
            [.. settings, ("services:worker:http:0", survivor.Http.BaseAddress!.ToString()), ("services:worker:http:1", victim.Http.BaseAddress!.ToString())]);
        var before = await orchestrator.Ledger.CountAsync(default);
        KillAfter(api, calls: Jobs / 3, victim);

        var jobs = bench.Jobs(Jobs);
        await bench.Queues.SendAsync(jobs);
        await bench.Queues.SendAsync(jobs[..60]); // delivered twice, also at once

        await bench.QueueIsEmptyAsync();
        Assert.Equal(Jobs, (await orchestrator.Ledger.CountAsync(default)).Recorded - before.Recorded);
        Assert.Empty(await bench.Queues.TakeDeadLettersAsync());
        Assert.Equal(jobs.Select(job => job.JobId).Order(), api.Calls.Select(call => call.Headers["Idempotency-Key"]).Distinct().Order());
    }

    [Fact]
    public async Task Orchestrator_StoppedMidWay_AnotherGoesOnAtOnce()
    {
        await using var bench = await Bench.CreateAsync(backing);
        await using var api = await StubApi.StartAsync();
        (string, string)[] settings = [.. WideQuota, ("Api:BaseAddress", api.Url), ("Orchestrator:Visibility", "00:10:00")];
        await using var worker = await StartWorkerAsync(bench, settings);
        (string, string)[] withWorker = [.. settings, ("services:worker:http:0", worker.Http.BaseAddress!.ToString())];
        var first = await bench.StartRealAsync(withWorker);
        var before = await first.Ledger.CountAsync(default);
        await bench.Queues.SendAsync(bench.Jobs(200));
        await Bench.EventuallyAsync(() => api.Calls.Count > 50, "work is under way");

        await first.StopAsync();
        var second = await bench.StartRealAsync(withWorker);

        // Within the test's patience only because what the first had in hand was handed back: its visibility would have hidden it for ten minutes.
        await bench.QueueIsEmptyAsync();
        Assert.Equal(200, (await second.Ledger.CountAsync(default)).Recorded - before.Recorded);
    }

    [Fact]
    public async Task Worker_FrozenBeyondItsLease_AnotherDoesItsJobAndNothingIsRecordedTwice()
    {
        await using var bench = await Bench.CreateAsync(backing);
        await using var api = await StubApi.StartAsync();
        (string, string)[] settings =
        [
            .. WideQuota, ("Api:BaseAddress", api.Url), ("Api:Timeout", "00:00:01"), ("Worker:LeaseMargin", "00:00:00.500"),
            ("Orchestrator:WorkerMargin", "00:00:01"), ("Orchestrator:LostJobDelay", "00:00:00"),
        ];
        await using var frozen = await StartWorkerAsync(bench, settings);
        await using var healthy = await StartWorkerAsync(bench, settings);
        var answered = new ConcurrentQueue<string>();
        api.Answer = async context =>
        {
            answered.Enqueue(context.Request.Path);
            if (answered.Count == 1)
                frozen.Send(PosixSignals.Stop); // its answer is on the way when it freezes
            await StubApi.Json(200, "{}")(context);
        };
        var orchestrator = await bench.StartRealAsync([.. settings, ("services:worker:http:0", healthy.Http.BaseAddress!.ToString())]);
        var before = await orchestrator.Ledger.CountAsync(default);
        var job = bench.Job();
        var stale = frozen.Http.PostAsync("jobs", JsonContent.Create(job));
        await Bench.EventuallyAsync(() => !answered.IsEmpty, "the first worker has called");
        await bench.Queues.SendAsync(job);
        await bench.QueueIsEmptyAsync();

        frozen.Send(PosixSignals.Continue);
        await stale;

        Assert.Equal(1, (await orchestrator.Ledger.CountAsync(default)).Recorded - before.Recorded);
        Assert.Empty(await bench.Queues.TakeDeadLettersAsync());
    }

    [Fact]
    public async Task Fleet_WithNothingToDo_SendsRedisLessThanACommandASecondAndProcess()
    {
        const int processes = 2;
        var stretch = TimeSpan.FromSeconds(6);
        await using var bench = await Bench.CreateAsync(backing);
        await using var api = await StubApi.StartAsync();
        (string, string)[] settings = [.. WideQuota, ("Api:BaseAddress", api.Url)];
        await using var worker = await StartWorkerAsync(bench, settings);
        await bench.StartRealAsync([.. settings, ("services:worker:http:0", worker.Http.BaseAddress!.ToString())]);
        await bench.Queues.SendAsync(bench.Jobs(50));
        await bench.QueueIsEmptyAsync();
        using var redis = await ConnectionMultiplexer.ConnectAsync(backing.Redis.ConnectionString);

        await Eventually.IsTrueAsync(
            async () =>
            {
                long before = await CommandsAsync(redis);
                await Task.Delay(stretch, TimeProvider.System);
                return await CommandsAsync(redis) - before < processes * stretch.TotalSeconds;
            },
            "a quiet stretch, once what had gathered is written");
    }

    // All but the test's own.
    private static async Task<long> CommandsAsync(ConnectionMultiplexer redis)
    {
        string stats = (await redis.GetDatabase().ExecuteAsync("INFO", "commandstats")).ToString()!;
        return stats.Split('\n').Where(line => line.StartsWith("cmdstat_", StringComparison.Ordinal) && !line.StartsWith("cmdstat_info:", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split("calls=")[1].Split(',')[0]));
    }

    private static Task<ServiceProcess> StartWorkerAsync(Bench bench, (string, string)[] settings) =>
        ServiceProcess.StartAsync("Worker", [.. bench.Settings(settings).Select(setting => (setting.Key, setting.Value))]);

    private static void KillAfter(StubApi api, int calls, ServiceProcess victim)
    {
        int count = 0;
        api.Answer = async context =>
        {
            if (Interlocked.Increment(ref count) == calls)
                victim.Send(PosixSignals.Kill);
            await StubApi.Json(200, """{"data":[{"id":1}]}""")(context);
        };
    }
}
