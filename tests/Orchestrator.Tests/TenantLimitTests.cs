using System.Net.Http.Json;
using System.Text.Json;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Orchestrator.Tests;

/// <summary>A limit of one tenant, whose jobs are all in front: with the real quota engine.</summary>
public sealed class TenantLimitTests(Backing backing) : IClassFixture<Backing>
{
    [Fact]
    public async Task UsedUp_OthersJobsPass_AndItsOwnSayWhatTheyWaitFor()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var acmes = await SendAsync(bench, 8, "acme");
        await SendAsync(bench, 10, "others");

        var orchestrator = await bench.StartRealAsync(Limits("00:00:50"));

        await Bench.EventuallyAsync(() => Calls(bench, "others") == 10, "the others' jobs are done");
        await Bench.EventuallyAsync(
            async () => (await Task.WhenAll(acmes.Select(job => WaitingForAsync(orchestrator, job)))).Count(wait => wait == "acme's") == 7,
            "all of acme's jobs but one name its limit");
        Assert.Equal(1, Calls(bench, "acme"));
    }

    [Fact]
    public async Task UsedUpForLong_ItsJobsGoBackToTheQueue_AndLeaveTheirPlacesToOthers()
    {
        await using var bench = await Bench.CreateAsync(backing);
        await SendAsync(bench, 20, "acme");

        // Fewer places than acme has jobs.
        await bench.StartRealAsync([.. Limits("01:00:00"), ("Orchestrator:JobsInHand", "4"), ("Orchestrator:JobsInFlight", "4")]);
        await Bench.EventuallyAsync(() => Calls(bench, "acme") == 1, "acme's limit is used up");
        await SendAsync(bench, 10, "others");

        await Bench.EventuallyAsync(() => Calls(bench, "others") == 10, "the others' jobs are done");
        Assert.Equal(1, Calls(bench, "acme"));
    }

    private static (string Key, string Value)[] Limits(string period) =>
    [
        ("Api:Limits:0:Name", "all"), ("Api:Limits:0:Count", "100"), ("Api:Limits:0:Period", "00:00:01"), ("Api:Limits:0:Shape", "Window"),
        ("Api:Limits:1:Name", "acme's"), ("Api:Limits:1:Count", "1"), ("Api:Limits:1:Period", period), ("Api:Limits:1:Shape", "Window"),
        ("Api:Limits:1:Tenant", "acme"),
    ];

    private static async Task<Job[]> SendAsync(Bench bench, int count, string tenant)
    {
        Job[] jobs = [.. bench.Jobs(count).Select(job => job with { Tenant = tenant })];
        await bench.Queues.SendAsync(jobs);
        return jobs;
    }

    private static int Calls(Bench bench, string tenant) => bench.Worker.Invocations.Count(invocation => invocation.Job.Tenant == tenant);

    private static async Task<string?> WaitingForAsync(OrchestratorHost orchestrator, Job job)
    {
        using var response = await orchestrator.Http.GetAsync($"jobs/{job.JobId}");
        if (!response.IsSuccessStatusCode) return null;
        var held = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("in_hand");
        return held.GetArrayLength() == 1 ? held[0].GetProperty("waiting_for").GetString() : null;
    }
}
