using ApiPoc.Orchestrator.Dispatching;
using ApiPoc.Testing;
using Microsoft.Extensions.Configuration;

namespace ApiPoc.Orchestrator.Tests;

public sealed class WorkerConnectionsTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly WorkerConnections _workers;

    public WorkerConnectionsTests()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            Enumerable.Range(0, 3).Select(i => KeyValuePair.Create($"services:worker:http:{i}", (string?)$"http://worker-{i}:1"))).Build();
        _workers = new(configuration, _clock);
    }

    public void Dispose() => _workers.Dispose();

    [Fact]
    public void Turn_OfTwentyJobs_IsFollowedByTheNextWorkers()
    {
        string[] workers = Take(61);

        Assert.Equal(["worker-0", "worker-1", "worker-2", "worker-0"], workers.Chunk(20).Select(turn => Assert.Single(turn.Distinct())));
    }

    [Fact]
    public void Turn_EndsWithAPause_SoThatABurstMeetsAsFewWorkersAsCanBe()
    {
        _clock.Advance(TimeSpan.FromMinutes(1)); // before the first turn there is none to end
        Assert.Equal(["worker-0"], Take(7).Distinct());
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(["worker-0"], Take(7).Distinct());

        _clock.Advance(TimeSpan.FromMilliseconds(251));

        Assert.Equal(["worker-1"], Take(20).Distinct());
        Assert.Equal(["worker-2"], Take(1));
    }

    [Fact]
    public void Job_IsOfferedToEveryWorkerOnce_BeginningWithWhoseTurnItIs()
    {
        Take(20);

        Assert.Equal(["worker-1", "worker-2", "worker-0"], _workers.InTurn().Select(address => address.Host));
    }

    private string[] Take(int jobs) => [.. Enumerable.Range(0, jobs).Select(_ => _workers.InTurn().First().Host)];
}
