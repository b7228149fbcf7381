using System.Text.Json;
using ApiPoc.Domain.Events;
using ApiPoc.Domain.Jobs;
using ApiPoc.Testing;

namespace ApiPoc.Orchestrator.Tests;

/// <summary>An API closed by 429s, as people see it: in the events of the real processes, and where they ask.</summary>
public sealed class ClosingTests(Backing backing) : IClassFixture<Backing>
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(50);

    private static readonly (string, string)[] Limit =
        [("Api:Limits:0:Name", "hourly"), ("Api:Limits:0:Count", "500"), ("Api:Limits:0:Period", "01:00:00"), ("Api:Limits:0:Shape", "Window")];

    [Fact]
    public async Task Burst_OfTwoOrchestratorsAndWorkers_IsOneEvent_AndOneMoreWhenItIsOver()
    {
        await using var bench = await Bench.CreateAsync(backing);
        await using var api = await StubApi.StartAsync();
        RefuseAtFirst(api, retryAfter: 7);
        (string, string)[] settings = [.. Limit, ("Api:BaseAddress", api.Url)];
        await using var first = await StartAsync("Worker", bench, settings);
        await using var second = await StartAsync("Worker", bench, settings);
        (string, string)[] withWorkers =
            [.. settings, ("services:worker:http:0", first.Http.BaseAddress!.ToString()), ("services:worker:http:1", second.Http.BaseAddress!.ToString())];
        var takeEvents = await backing.SubscribeToEventsAsync();
        await using var one = await StartAsync("Orchestrator", bench, withWorkers);
        await using var other = await StartAsync("Orchestrator", bench, withWorkers);

        await bench.Queues.SendAsync(bench.Jobs(40));
        await bench.QueueIsEmptyAsync();

        List<ThrottleEvent> events = [];
        await Bench.EventuallyAsync(
            async () =>
            {
                events.AddRange((await takeEvents()).Select(body => JsonSerializer.Deserialize<ThrottleEvent>(body)!).Where(published => published.ApiId == bench.ApiId));
                return events.Exists(published => published.Type == ThrottleEventType.QuotaReopened);
            },
            "the end of the closing is told");
        Assert.Equal(
            [ThrottleEventType.QuotaClosed, ThrottleEventType.QuotaReopened],
            events.Select(published => published.Type).Where(type => type.StartsWith("quota.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        var closed = events.Single(published => published.Type == ThrottleEventType.QuotaClosed);
        Assert.Contains(closed.TraceId, events.Where(published => published.Type == ThrottleEventType.JobRequeued).Select(published => published.TraceId));
        Assert.Equal("hourly", closed.Data["limit"]);
    }

    [Fact]
    public async Task EventsThatCannotBePublished_CostNoJob()
    {
        await using var bench = await Bench.CreateAsync(backing);
        await using var api = await StubApi.StartAsync();
        RefuseAtFirst(api, retryAfter: 3);
        // Nobody listens there, and hardly an event has room.
        (string, string)[] settings =
        [
            .. Limit, ("Api:BaseAddress", api.Url), ("Api:TellClosingsFrom", "00:00:00"), ("AWS_ENDPOINT_URL_SNS", "http://127.0.0.1:9"),
            ("Messaging:EventBuffer", "1"),
        ];
        await using var worker = await StartAsync("Worker", bench, settings);
        await using var orchestrator = await StartAsync("Orchestrator", bench, [.. settings, ("services:worker:http:0", worker.Http.BaseAddress!.ToString())]);

        await bench.Queues.SendAsync(bench.Jobs(30));

        await bench.QueueIsEmptyAsync();
        Assert.Empty(await bench.Queues.TakeDeadLettersAsync());
        Assert.Equal(30, api.Calls.Select(call => call.Headers["Idempotency-Key"]).Distinct().Count());
        Assert.Contains("was closed for everybody by a 429 for hourly", orchestrator.Output, StringComparison.Ordinal);
        Assert.Contains("could not be published", orchestrator.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_WhileClosed_SaysWhyAndUntilWhen_AndWhatJobsWaitFor()
    {
        await using var bench = await Bench.CreateAsync(backing);
        bench.Worker.Answer = _ => Task.FromResult<JobOutcome?>(Throttled());
        var orchestrator = await bench.StartRealAsync(Limit);
        Assert.Equal(new(IsClosed: false, null, null, null), await SeeAsync(orchestrator));
        var before = TimeProvider.System.GetUtcNow();
        await bench.Queues.SendAsync(bench.Job());

        await Bench.EventuallyAsync(async () => (await SeeAsync(orchestrator)).IsClosed, "the API is closed");

        var seen = await SeeAsync(orchestrator);
        Assert.Equal(("hourly: closed by 429", 1), (seen.Reason, seen.Refusals));
        Assert.InRange(seen.Until!.Value, before + Wait - TimeSpan.FromSeconds(2), TimeProvider.System.GetUtcNow() + Wait);
        var status = await orchestrator.StatusAsync();
        Assert.Equal(("Closed", "hourly: closed by 429"), (status.State, status.WaitingFor));
        Assert.InRange(status.WaitingUntil!.Value, seen.Until.Value.AddSeconds(-1), seen.Until.Value.AddSeconds(1));
    }

    /// <summary>Whoever calls within a second of the first call is refused, and nobody later.</summary>
    private static void RefuseAtFirst(StubApi api, int retryAfter)
    {
        long begun = 0;
        api.Answer = context =>
        {
            Interlocked.CompareExchange(ref begun, TimeProvider.System.GetTimestamp(), 0);
            return TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(1)
                ? StubApi.Json(429, "{}", $"Retry-After: {retryAfter}")(context)
                : StubApi.Json(200, "{}")(context);
        };
    }

    private static JobOutcome Throttled() =>
        StubWorker.Called(new() { Kind = JobOutcomeKind.Throttled, StatusCode = 429, Reason = "throttled", RetryAfterMs = (long)Wait.TotalMilliseconds });

    private static async Task<Seen> SeeAsync(OrchestratorHost orchestrator)
    {
        using var answer = JsonDocument.Parse(await orchestrator.Http.GetStringAsync("status"));
        var quota = answer.RootElement.GetProperty("apis").EnumerateArray().Single().GetProperty("quota");
        return new(
            quota.GetProperty("is_closed").GetBoolean(), quota.GetProperty("reason").GetString(), quota.GetProperty("closed_until").Deserialize<DateTimeOffset?>(),
            quota.GetProperty("refusals").Deserialize<long?>());
    }

    private static Task<ServiceProcess> StartAsync(string service, Bench bench, (string, string)[] settings) =>
        ServiceProcess.StartAsync(service, [.. bench.Settings(settings).Select(setting => (setting.Key, setting.Value))]);

    /// <summary>The quota in an answer of <c>GET /status</c>.</summary>
    private sealed record Seen(bool IsClosed, string? Reason, DateTimeOffset? Until, long? Refusals);
}
