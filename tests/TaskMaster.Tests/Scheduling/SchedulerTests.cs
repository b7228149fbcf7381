using System.Diagnostics.Metrics;
using ApiPoc.TaskMaster.Runs;
using ApiPoc.TaskMaster.Scheduling;
using ApiPoc.TaskMaster.Tests.Jobs;
using ApiPoc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace ApiPoc.TaskMaster.Tests.Scheduling;

/// <summary>Virtual time; the claims are on a real Redis.</summary>
public sealed class SchedulerTests : IAsyncLifetime
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _clock = new();
    private readonly RecordingQueue _queue = new();
    private RedisServer _redis = null!;
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        _services = new ServiceCollection()
            .AddMetrics()
            .AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(_redis.ConnectionString))
            .BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Run_MomentArrives_SendsTheRunUnderItsMoment()
    {
        using var scheduler = await StartAsync(("steady", "rate(5 minutes)", 2));
        await AdvanceAsync(TimeSpan.FromMinutes(4), expectedJobs: 0);
        await AdvanceAsync(TimeSpan.FromMinutes(1), expectedJobs: 2);
        await AdvanceAsync(TimeSpan.FromMinutes(5), expectedJobs: 4);
        Assert.Equal(
            ["steady-20260101T0005Z-1", "steady-20260101T0005Z-2", "steady-20260101T0010Z-1", "steady-20260101T0010Z-2"],
            _queue.Sent.Select(job => job.JobId));
    }

    [Fact]
    public async Task Run_MomentsWereMissed_SendsOneRun()
    {
        using var scheduler = await StartAsync(("steady", "rate(1 minute)", 1));
        _clock.SetUtcNow(_clock.GetUtcNow().AddHours(3));
        await AdvanceAsync(TimeSpan.FromSeconds(30), expectedJobs: 1);
        await AdvanceAsync(TimeSpan.FromSeconds(29), expectedJobs: 1);
        await AdvanceAsync(TimeSpan.FromSeconds(1), expectedJobs: 2);
    }

    [Fact]
    public async Task Run_TwoTaskMasters_SendEachRunOnce()
    {
        using var first = await StartAsync(("steady", "rate(1 minute)", 1));
        using var second = await StartAsync(("steady", "rate(1 minute)", 1));
        await AdvanceAsync(TimeSpan.FromMinutes(1), expectedJobs: 1, timers: 2);
        await AdvanceAsync(TimeSpan.FromMinutes(1), expectedJobs: 2, timers: 2);
    }

    [Fact]
    public async Task Run_RedisIsGone_SendsAllTheSame()
    {
        using var scheduler = await StartAsync(("steady", "rate(1 minute)", 1));
        _services.GetRequiredService<IConnectionMultiplexer>();
        _redis.Kill();
        await AdvanceAsync(TimeSpan.FromMinutes(1), expectedJobs: 1);
    }

    [Fact]
    public async Task Run_QueueIsDown_IsNotMadeUpFor()
    {
        using var scheduler = await StartAsync(("steady", "rate(1 minute)", 1));
        _queue.IsDown = true;
        await AdvanceAsync(TimeSpan.FromMinutes(1), expectedJobs: 0);
        _queue.IsDown = false;
        await AdvanceAsync(TimeSpan.FromMinutes(1), expectedJobs: 1);
        Assert.Equal("steady-20260101T0002Z-1", Assert.Single(_queue.Sent).JobId);
    }

    [Fact]
    public void Validate_WrongExpressions_AreAllNamed()
    {
        var options = new SchedulesOptions
        {
            ["good"] = new() { Expression = "rate(5 minutes)" },
            ["bad"] = new() { Expression = "rate(5 minute)" },
            ["past"] = new() { Expression = "cron(0 0 1 1 ? 2025)" },
        };
        Assert.Equal(
            ["Schedules:bad:Expression: 'rate(5 minute)': rate: write 5 minutes", "Schedules:past:Expression: 'cron(0 0 1 1 ? 2025)': names no moment to come"],
            new SchedulesOptionsValidator(_clock).Validate(name: null, options).Failures);
    }

    private async Task<Scheduler> StartAsync(params (string Name, string Expression, int Jobs)[] schedules)
    {
        var options = new SchedulesOptions();
        foreach (var (name, expression, jobs) in schedules)
            options[name] = new ScheduleOptions { Expression = expression, Jobs = jobs };

        var sender = new RunSender(
            JobSourceTests.Source(), _queue, new RunMetrics(_services.GetRequiredService<IMeterFactory>()), NullLogger<RunSender>.Instance);
        var scheduler = new Scheduler(
            new FixedOptions<SchedulesOptions>(options), sender, new TickClaim(_services, NullLogger<TickClaim>.Instance), _clock, NullLogger<Scheduler>.Instance);
        int timers = _clock.PendingTimers;
        await scheduler.StartAsync(CancellationToken.None);
        await WaitForTimersAsync(timers + 1);
        return scheduler;
    }

    /// <summary>Advances in steps no longer than the scheduler's own, waiting each time until it waits again.</summary>
    private async Task AdvanceAsync(TimeSpan by, int expectedJobs, int timers = 1)
    {
        for (var step = TimeSpan.FromSeconds(1); by > TimeSpan.Zero; by -= step)
        {
            _clock.Advance(step);
            await WaitForTimersAsync(timers);
        }

        Assert.Equal(expectedJobs, _queue.Sent.Count);
    }

    private async Task WaitForTimersAsync(int timers)
    {
        // The scheduler runs on threads of its own; it is done with a moment when it waits for the next.
        using var budget = new CancellationTokenSource(Budget);
        while (_clock.PendingTimers < timers)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, budget.Token);
    }
}
