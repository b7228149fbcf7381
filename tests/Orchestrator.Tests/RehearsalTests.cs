using ApiPoc.ServiceDefaults.Rehearsing;
using ApiPoc.Testing;
using StackExchange.Redis;

namespace ApiPoc.Orchestrator.Tests;

/// <summary>An orchestrator that goes through asking and dispatching before it is ready, on a Redis where it is alone.</summary>
public sealed class RehearsalTests(Backing backing) : IClassFixture<Backing>
{
    [Fact]
    public async Task Rehearsal_OrdersOfEveryWorkerAndLeavesNothing()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var second = await StubWorker.StartAsync();
        await using var bench = await Bench.CreateAsync(backing);
        var orchestrator = await bench.StartRealAsync(("ConnectionStrings:redis", redis.ConnectionString), ("services:worker:http:1", second.Url));

        await orchestrator.RehearseAsync();

        // One order for each, and ten jobs for one of them.
        Assert.Equal(IRehearsal.Rounds * 12, bench.Worker.Rehearsals + second.Rehearsals);
        Assert.All([bench.Worker, second], worker => Assert.InRange(worker.Rehearsals, IRehearsal.Rounds, IRehearsal.Rounds * 11));
        Assert.Empty(bench.Worker.Invocations);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System); // what gathers is written within 200 ms
        using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        Assert.DoesNotContain(connection.GetServer("127.0.0.1", redis.Port).Keys(), key => key.ToString().Contains("rehearsal", StringComparison.Ordinal));
    }
}
