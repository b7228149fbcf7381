using System.Collections.Concurrent;
using ApiPoc.Domain.Breaker;
using ApiPoc.Redis.Breaker;
using Microsoft.Extensions.Options;

namespace ApiPoc.Redis.Tests.Breaker;

public sealed class RedisBreakerStoreTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _api = $"API_{Guid.NewGuid():N}";
    private readonly RedisBreakerStore _store = new(redis.Connection, Options.Create(new BreakerStoreOptions { Budget = TimeSpan.FromSeconds(10) }));

    [Fact]
    public async Task Read_NothingStored_IsInitialWithTheServersTime()
    {
        var reading = await _store.ReadAsync(_api, default);

        Assert.Equal(BreakerState.Initial, reading.State);
        Assert.InRange(reading.Now, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow().AddMinutes(1));
    }

    [Theory]
    [InlineData(CircuitState.Closed, "CLOSED", null)]
    [InlineData(CircuitState.Open, "OPEN", null)]
    [InlineData(CircuitState.HalfOpen, "HALF_OPEN", "orchestrator-1")]
    public async Task Write_State_IsReadBackWholeAndByPeople(CircuitState circuit, string word, string? holder)
    {
        var probeAt = circuit == CircuitState.Closed ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(1_790_000_000_123);
        var state = new BreakerState(circuit, 1_790_000_000_000, probeAt, "429 \"survey\" \u00e9\r\n", holder, 3);

        Assert.True(await _store.TryWriteAsync(_api, 0, state, default));

        Assert.Equal(state, (await _store.ReadAsync(_api, default)).State);
        Assert.Equal(word, (await redis.Connection.GetDatabase().StringGetAsync($"{_api}:state")).ToString());
    }

    [Fact]
    public async Task Write_AnotherEpoch_IsRefusedAndChangesNothing()
    {
        var first = BreakerState.Initial with { Circuit = CircuitState.Open, Epoch = 7 };
        Assert.True(await _store.TryWriteAsync(_api, 0, first, default));

        Assert.False(await _store.TryWriteAsync(_api, 0, first with { Epoch = 8 }, default));
        Assert.False(await _store.TryWriteAsync(_api, 8, first with { Epoch = 9 }, default));

        Assert.Equal(first, (await _store.ReadAsync(_api, default)).State);
    }

    [Fact]
    public async Task Write_ByManyAtOnce_SucceedsForOne()
    {
        var opened = BreakerState.Initial with { Circuit = CircuitState.Open, Epoch = 1 };

        bool[] written = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _store.TryWriteAsync(_api, 0, opened, default)));

        Assert.Single(written, true);
    }

    [Fact]
    public async Task Subscribe_Change_IsToldWithTheApi()
    {
        var told = new BlockingCollection<string?>();
        await using (await _store.SubscribeAsync(told.Add, default))
        {
            await _store.TryWriteAsync(_api, 0, BreakerState.Initial with { Epoch = 1 }, default);
            Assert.True(told.TryTake(out string? api, Patience));
            Assert.Equal(_api, api);
        }
    }

    [Fact]
    public async Task Subscribe_ConnectionLost_IsToldThatChangesMayHaveGoneUnheard()
    {
        var told = new BlockingCollection<string?>();
        await using (await _store.SubscribeAsync(told.Add, default))
        {
            Assert.Equal(1, (int)await redis.Connection.GetDatabase().ExecuteAsync("CLIENT", "KILL", "TYPE", "pubsub"));

            Assert.True(told.TryTake(out string? api, Patience));
            Assert.Null(api);
        }
    }

    [Fact]
    public async Task PausedRedis_IsUnavailableWithinTheBudget()
    {
        await _store.ReadAsync(_api, default);
        var impatient = new RedisBreakerStore(redis.Connection, Options.Create(new BreakerStoreOptions { Budget = TimeSpan.FromMilliseconds(50) }));
        redis.Server.Pause();
        try
        {
            await Assert.ThrowsAsync<BreakerUnavailableException>(() => impatient.ReadAsync(_api, default));
        }
        finally
        {
            redis.Server.Resume();
        }
    }
}
