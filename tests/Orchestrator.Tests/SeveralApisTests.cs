using System.Net.Http.Json;
using System.Text.Json;

namespace ApiPoc.Orchestrator.Tests;

public sealed class SeveralApisTests(Backing backing) : IClassFixture<Backing>
{
    private static readonly (string, string)[] SecondApi = [("Apis:SECOND:BaseAddress", "http://127.0.0.1:9"), ("Apis:SECOND:Timeout", "00:00:05")];

    [Fact]
    public async Task OneApiFull_TheOtherOnesJobsPassIt()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var go = new TaskCompletionSource();
        bench.Worker.Answer = async invocation =>
        {
            if (invocation.Job.ApiId == bench.ApiId)
                await go.Task;
            return StubWorker.Completed;
        };
        await bench.Queues.SendAsync(bench.Jobs(30)); // far more than one lane holds, and all in front
        await bench.Queues.SendAsync([.. bench.Jobs(5).Select(job => job with { ApiId = "SECOND" })]);

        await bench.StartAsync([.. SecondApi, ("Orchestrator:JobsInHand", "10"), ("Orchestrator:JobsInFlight", "4")]);

        await Bench.EventuallyAsync(() => bench.Worker.Invocations.Count(invocation => invocation.Job.ApiId == "SECOND") == 5, "the second API's jobs are done");
        go.SetResult();
        await bench.QueueIsEmptyAsync();
    }

    [Fact]
    public async Task Status_NamesEveryApiAndWhatItWaitsFor()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var orchestrator = await bench.StartAsync(SecondApi);

        await Bench.EventuallyAsync(
            async () => (await StatusAsync(orchestrator)).All(api => api.GetProperty("waiting_for").GetString() == "jobs"), "both lanes wait for jobs");
        var status = await StatusAsync(orchestrator);

        Assert.Equal([bench.ApiId, "SECOND"], status.Select(api => api.GetProperty("api_id").GetString()).Order(StringComparer.Ordinal));
        Assert.All(status, api => Assert.Equal("Closed", api.GetProperty("breaker").GetProperty("state").GetString()));
    }

    [Fact]
    public async Task ResultsAndInvocations_AreCountedPerDay()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var orchestrator = await bench.StartAsync();
        await bench.Queues.SendAsync(bench.Jobs(3));
        await bench.QueueIsEmptyAsync();

        var invocations = await orchestrator.Http.GetFromJsonAsync<Dictionary<string, long>>("stats/invoke");
        var results = await orchestrator.Http.GetFromJsonAsync<JsonElement>("results");

        Assert.Equal(3, Assert.Single(invocations!, day => day.Key.EndsWith($":{bench.ApiId}", StringComparison.Ordinal)).Value);
        Assert.Equal(["recorded", "duplicates_refused", "stale_completions", "per_day"], results.EnumerateObject().Select(property => property.Name));
    }

    private static async Task<JsonElement[]> StatusAsync(OrchestratorHost orchestrator) =>
        [.. (await orchestrator.Http.GetFromJsonAsync<JsonElement>("status")).GetProperty("apis").EnumerateArray()];
}
