using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ApiPoc.Domain.Jobs;

namespace ApiPoc.Orchestrator.Tests;

/// <summary>What <c>GET /jobs/{job_id}</c> says of a job, from nowhere to its end.</summary>
public sealed class JobStatusTests(Backing backing) : IClassFixture<Backing>
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(50);

    [Fact]
    public async Task Unknown_Is404()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var orchestrator = await bench.StartAsync();

        using var response = await orchestrator.Http.GetAsync("jobs/nobody");

        Assert.Equal(
            (HttpStatusCode.NotFound, "job_unknown"),
            (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("title").GetString()));
    }

    [Fact]
    public async Task WaitingForALimit_IsNamedWithItsMoment()
    {
        await using var bench = await Bench.CreateAsync(backing);
        bench.Quota.ShutFor = Wait;
        var orchestrator = await bench.StartAsync();
        var job = bench.Job() with { Tenant = "north" };
        var before = TimeProvider.System.GetUtcNow();
        await bench.Queues.SendAsync(job);

        var seen = await SeeAsync(orchestrator, job, seen => seen.WaitingFor == "the test");

        Assert.Equal(("not_begun", 0, "waiting", "north"), (seen.Standing, seen.Attempts, seen.State, seen.Tenant));
        AssertIsWaitFrom(before, seen.Until);
    }

    [Fact]
    public async Task PutBack_WaitsForItsOwnMoment()
    {
        await using var bench = await Bench.CreateAsync(backing);
        bench.Worker.Answer = _ => Task.FromResult<JobOutcome?>(
            new() { Kind = JobOutcomeKind.Busy, Reason = "in_progress", RetryAfterMs = (long)Wait.TotalMilliseconds });
        var orchestrator = await bench.StartAsync();
        var job = bench.Job();
        var before = TimeProvider.System.GetUtcNow();
        await bench.Queues.SendAsync(job);

        var seen = await SeeAsync(orchestrator, job, seen => seen.WaitingFor == "in_progress");

        Assert.Equal("waiting", seen.State);
        AssertIsWaitFrom(before, seen.Until);
    }

    [Fact]
    public async Task WithAWorker_ItsLeaseIsTold()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var orchestrator = await bench.StartAsync();
        var go = new TaskCompletionSource();
        bench.Worker.Answer = async invocation =>
        {
            await orchestrator.Ledger.BeginAsync(invocation.Job.JobId, 3, Wait, TimeSpan.Zero, default);
            await go.Task;
            return StubWorker.Completed;
        };
        var job = bench.Job();
        var before = TimeProvider.System.GetUtcNow();
        await bench.Queues.SendAsync(job);

        var seen = await SeeAsync(orchestrator, job, seen => seen.Standing == "under_way");
        go.SetResult();

        Assert.Equal((1, "with_worker", "the worker's answer", null), (seen.Attempts, seen.State, seen.WaitingFor, seen.Until));
        AssertIsWaitFrom(before, seen.LeaseUntil);
    }

    [Fact]
    public async Task Ended_IsKnownThoughNobodyHoldsIt()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var orchestrator = await bench.StartAsync();
        var (done, refused) = (bench.Job("done/1-" + bench.ApiId), bench.Job());
        await orchestrator.Ledger.BeginAsync(done.JobId, 3, Wait, TimeSpan.Zero, default);
        await orchestrator.Ledger.CompleteAsync(done.JobId, 1, new("", bench.ApiId, "", 200, "{}"), TimeSpan.Zero, default);
        await orchestrator.Ledger.BeginAsync(refused.JobId, 3, Wait, TimeSpan.Zero, default);
        await orchestrator.Ledger.GiveUpAsync(refused.JobId, 1, 404, DeadLetterReason.Rejected, default);

        Assert.Equal(new("completed", 1, null, "", null, null, null, null, null), Seen.Of(await AskAsync(orchestrator, done)));
        Assert.Equal(new("given_up", 1, 404, DeadLetterReason.Rejected, null, null, null, null, null), Seen.Of(await AskAsync(orchestrator, refused)));
    }

    private static Task<JsonElement> AskAsync(OrchestratorHost orchestrator, Job job) => orchestrator.Http.GetFromJsonAsync<JsonElement>($"jobs/{job.JobId}");

    private static async Task<Seen> SeeAsync(OrchestratorHost orchestrator, Job job, Func<Seen, bool> isIt)
    {
        Seen? seen = null;
        await Bench.EventuallyAsync(
            async () =>
            {
                using var response = await orchestrator.Http.GetAsync($"jobs/{job.JobId}");
                seen = response.IsSuccessStatusCode ? Seen.Of(await response.Content.ReadFromJsonAsync<JsonElement>()) : null;
                return seen is not null && isIt(seen);
            },
            $"the job is seen as it is to be; last: {seen}");
        return seen!;
    }

    // Of the time in between nothing is known but that it has passed.
    private static void AssertIsWaitFrom(DateTimeOffset before, DateTimeOffset? until) =>
        Assert.InRange(until!.Value, before + Wait - TimeSpan.FromSeconds(1), TimeProvider.System.GetUtcNow() + Wait);

    /// <summary>The answer, with the one message in hand if there is one.</summary>
    private sealed record Seen(
        string Standing, int Attempts, int? LastStatus, string LastReason, DateTimeOffset? LeaseUntil, string? State, string? Tenant, string? WaitingFor,
        DateTimeOffset? Until)
    {
        public static Seen Of(JsonElement answer)
        {
            var ledger = answer.GetProperty("ledger");
            JsonElement[] held = [.. answer.GetProperty("in_hand").EnumerateArray()];
            return new(
                ledger.GetProperty("state").GetString()!, ledger.GetProperty("attempts").GetInt32(), ledger.GetProperty("last_status").Deserialize<int?>(),
                ledger.GetProperty("last_reason").GetString()!, ledger.GetProperty("lease_until").Deserialize<DateTimeOffset?>(),
                Text(held, "state"), Text(held, "tenant"), Text(held, "waiting_for"),
                held is [var one] ? one.GetProperty("until").Deserialize<DateTimeOffset?>() : null);
        }

        private static string? Text(JsonElement[] held, string name) => held is [var one] ? one.GetProperty(name).GetString() : null;
    }
}
