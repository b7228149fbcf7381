using System.Text.Json;
using ApiPoc.Domain.Events;
using ApiPoc.Testing;

namespace ApiPoc.Orchestrator.Tests;

public sealed class TraceTests(Backing backing) : IClassFixture<Backing>
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task From_TheSendersSpanToTheEventsOfA429_ItIsOneTrace()
    {
        await using var bench = await Bench.CreateAsync(backing);
        await using var api = await StubApi.StartAsync();
        api.Answer = StubApi.Json(429, "{}", "Retry-After: 30");
        (string, string)[] settings = [("Api:BaseAddress", api.Url), ("Api:OnThrottle", "BreakerOn429")];
        await using var worker = await ServiceProcess.StartAsync("Worker", [.. bench.Settings(settings).Select(setting => (setting.Key, setting.Value))]);
        var takeEvents = await backing.SubscribeToEventsAsync();
        await bench.StartRealAsync([.. settings, ("services:worker:http:0", worker.Http.BaseAddress!.ToString())]);

        await bench.Queues.SendTracedAsync(bench.Job(), $"00-{TraceId}-b7ad6b7169203331-01");

        List<ThrottleEvent> events = [];
        await Bench.EventuallyAsync(
            async () =>
            {
                events.AddRange((await takeEvents()).Select(body => JsonSerializer.Deserialize<ThrottleEvent>(body)!).Where(published => published.ApiId == bench.ApiId));
                return events.Count >= 2;
            },
            "the worker's events");

        Assert.Equal(
            [ThrottleEventType.BreakerOpened, ThrottleEventType.JobRequeued], events.Select(published => published.Type).Order(StringComparer.Ordinal));
        Assert.All(events, published => Assert.Equal(TraceId, published.TraceId));
        Assert.All(api.Calls, call => Assert.Contains(TraceId, call.Headers["traceparent"], StringComparison.Ordinal));
    }
}
