namespace ApiPoc.Orchestrator.Tests;

public sealed class StopTests(Backing backing) : IClassFixture<Backing>
{
    [Fact]
    public async Task Stop_FinishesWhatIsInFlightAndHandsBackWhatWaits()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var (arrived, go) = (new SemaphoreSlim(0), new TaskCompletionSource());
        bench.Worker.Answer = async _ =>
        {
            arrived.Release();
            await go.Task;
            return StubWorker.Completed;
        };
        await bench.Queues.SendAsync(bench.Jobs(5));
        var orchestrator = await bench.StartAsync(("Orchestrator:JobsInFlight", "2"), ("Orchestrator:Visibility", "00:10:00"));
        for (int i = 0; i < 2; i++)
            Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(60)), "a job reaches the worker");
        await Bench.EventuallyAsync(async () => (await orchestrator.StatusAsync()).JobsInHand == 5, "all are in hand");

        var stopping = orchestrator.StopAsync();
        await Bench.EventuallyAsync(async () => await bench.Queues.CountVisibleAsync() == 3, "the waiting ones are handed back");
        go.SetResult();
        await stopping;

        Assert.Equal((3, 3), (await bench.Queues.CountAsync(), await bench.Queues.CountVisibleAsync()));
        Assert.Equal(2, bench.Worker.Invocations.Count);
    }

    [Fact]
    public async Task Stop_JobThatDoesNotLandInTime_IsHandedBack()
    {
        await using var bench = await Bench.CreateAsync(backing);
        var arrived = new TaskCompletionSource();
        using var end = new CancellationTokenSource();
        bench.Worker.Answer = async _ =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, end.Token);
            return StubWorker.Completed;
        };
        await bench.Queues.SendAsync(bench.Job());
        var orchestrator = await bench.StartAsync(("Orchestrator:FinishWithin", "00:00:00.200"), ("Orchestrator:Visibility", "00:10:00"));
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60));

        await orchestrator.StopAsync();

        Assert.Equal(1, await bench.Queues.CountVisibleAsync());
        await end.CancelAsync();
    }

    [Fact]
    public async Task JobsInHand_StayHiddenLongerThanTheirVisibility()
    {
        await using var bench = await Bench.CreateAsync(backing);
        bench.Quota.ShutFor = TimeSpan.FromSeconds(40);
        await bench.Queues.SendAsync(bench.Jobs(3));
        var orchestrator = await bench.StartAsync(("Orchestrator:Visibility", "00:00:12"));
        await Bench.EventuallyAsync(async () => (await orchestrator.StatusAsync()).JobsInHand == 3, "all are in hand");

        await Task.Delay(TimeSpan.FromSeconds(14), TimeProvider.System); // visibility is over, but for the renewals

        Assert.Equal((3, 0), (await bench.Queues.CountAsync(), await bench.Queues.CountVisibleAsync()));
    }
}
