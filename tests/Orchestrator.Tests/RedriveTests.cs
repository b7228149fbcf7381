using ApiPoc.Domain.Jobs;

namespace ApiPoc.Orchestrator.Tests;

/// <summary>Somebody moves a job from the dead-letter queue back; the ledger has it as given up.</summary>
public sealed class RedriveTests(Backing backing) : IClassFixture<Backing>
{
    [Fact]
    public async Task Redriven_IsTriedAnew()
    {
        await using var bench = await Bench.CreateAsync(backing);
        OrchestratorHost? orchestrator = null;
        bool isWell = false;
        // As a worker does: begun in the ledger, and given up there when the API refuses.
        bench.Worker.Answer = async invocation =>
        {
            var attempt = await orchestrator!.Ledger.BeginAsync(invocation.Job.JobId, 3, TimeSpan.FromMinutes(1), TimeSpan.Zero, default);
            if (attempt.Kind == AttemptStartKind.Started && isWell)
                return StubWorker.Completed;
            if (attempt.Kind == AttemptStartKind.Started)
                await orchestrator.Ledger.GiveUpAsync(invocation.Job.JobId, attempt.Fence, 404, DeadLetterReason.Rejected, default);
            return StubWorker.Called(new() { Kind = JobOutcomeKind.Rejected, Reason = DeadLetterReason.Rejected, Attempts = attempt.Attempts, StatusCode = 404 });
        };
        orchestrator = await bench.StartAsync();
        await bench.Queues.SendAsync(bench.Job());
        await bench.QueueIsEmptyAsync();
        isWell = true;

        await bench.Queues.RedriveAsync();

        await Bench.EventuallyAsync(() => bench.Worker.Invocations.Count == 2, "it is tried anew");
        await bench.QueueIsEmptyAsync();
        Assert.Empty(await bench.Queues.TakeDeadLettersAsync());
        Assert.Single(orchestrator.Logs.Lines, line => line.Contains("came back from the dead-letter queue and is tried anew", StringComparison.Ordinal));
    }
}
