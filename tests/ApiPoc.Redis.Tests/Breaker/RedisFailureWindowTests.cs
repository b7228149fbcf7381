using ApiPoc.Redis.Breaker;
using ApiPoc.Redis.Gathering;
using ApiPoc.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace ApiPoc.Redis.Tests.Breaker;

public sealed class RedisFailureWindowTests : IClassFixture<RedisFixture>
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private readonly string _api = $"API_{Guid.NewGuid():N}";
    private readonly ManualTimeProvider _clock = new();
    private readonly RedisFixture _redis;
    private readonly RedisFailureWindow _calls;

    public RedisFailureWindowTests(RedisFixture redis)
    {
        _redis = redis;
        _calls = Create();
    }

    [Fact]
    public async Task Failures_OfOneEpoch_AddUpOverProcesses()
    {
        await _calls.CountFailureAsync(_api, 5, Window, default);

        Assert.Equal(new(2, 2), await Create().CountFailureAsync(_api, 5, Window, default));
    }

    [Fact]
    public async Task Failure_TakesAlongTheSuccessesThatWait()
    {
        for (int call = 0; call < 7; call++)
            _calls.CountSuccess(_api, 5, Window);
        Assert.False(await IsCountedAsync());

        Assert.Equal(new(8, 1), await _calls.CountFailureAsync(_api, 5, Window, default));
        Assert.Equal(new(9, 2), await _calls.CountFailureAsync(_api, 5, Window, default));
    }

    [Fact]
    public async Task Successes_AreWrittenTogetherWithinFiveSeconds()
    {
        for (int call = 0; call < 7; call++)
            _calls.CountSuccess(_api, 5, Window);

        _clock.Advance(TimeSpan.FromMilliseconds(4999));
        Assert.False(await IsCountedAsync());
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await Eventually.IsTrueAsync(IsCountedAsync, "the calls are counted");
        Assert.Equal(new(8, 1), await Create().CountFailureAsync(_api, 5, Window, default));
        Assert.Equal(0, _clock.PendingTimers); // nothing more to write, nothing more to wake for
    }

    [Fact]
    public async Task Successes_OfAShortWindow_WaitForHalfOfIt()
    {
        _calls.CountSuccess(_api, 5, TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(await IsCountedAsync());

        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await Eventually.IsTrueAsync(IsCountedAsync, "the calls are counted");
    }

    [Fact]
    public async Task Successes_CountAsOfWhenTheyWere_HoweverLateTheyAreCounted()
    {
        var slice = Window / 10;
        var patient = Create(gather: Window);
        patient.CountSuccess(_api, 5, Window);
        patient.CountSuccess(_api, 5, Window);
        _clock.Advance(3 * slice);
        patient.CountSuccess(_api, 5, Window);
        _clock.Advance(slice);

        Assert.Equal(new(4, 1), await patient.CountFailureAsync(_api, 5, Window, default));

        var stored = await _redis.Connection.GetDatabase().HashGetAllAsync(BreakerKeys.Calls(_api));
        var calls = stored.Where(entry => entry.Name.ToString().EndsWith(":calls", StringComparison.Ordinal))
            .ToDictionary(entry => long.Parse(entry.Name.ToString().Split(':')[0]), entry => (long)entry.Value);
        long now = calls.Keys.Max();
        Assert.Equal(new() { [now - 4] = 2, [now - 1] = 1, [now] = 1 }, calls);
    }

    [Fact]
    public async Task Recount_HasEveryProcessCountWhatWaits()
    {
        var others = Create();
        for (int call = 0; call < 7; call++)
            others.CountSuccess(_api, 5, Window);
        await Eventually.IsTrueAsync(IsAnybodyListeningAsync, "the other process listens");
        Assert.Equal(new(1, 1), await _calls.CountFailureAsync(_api, 5, Window, default));
        _calls.CountSuccess(_api, 5, Window);
        int timers = _clock.PendingTimers;

        var recount = _calls.RecountAsync(_api, 5, Window, default);
        await Eventually.IsTrueAsync(async () => await CountedAsync() == 9 && _clock.PendingTimers > timers, "all calls are counted, and it waits for more");
        _clock.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(new(9, 1), await recount);
    }

    [Fact]
    public async Task Recount_OfAnOlderEpoch_FindsNothing()
    {
        await _calls.CountFailureAsync(_api, 6, Window, default);

        var recount = _calls.RecountAsync(_api, 5, Window, default);
        await Eventually.IsTrueAsync(() => _clock.PendingTimers > 0, "it waits for others");
        _clock.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal(new(0, 0), await recount);
    }

    [Fact]
    public async Task Successes_AreWrittenWhenTheProcessStops()
    {
        _calls.CountSuccess(_api, 5, Window);

        await new WriteAtStop([_calls]).StopAsync(default);

        Assert.True(await IsCountedAsync());
    }

    [Fact]
    public async Task NewerEpoch_StartsFromZeroAndIgnoresTheOlder()
    {
        _calls.CountSuccess(_api, 5, Window);
        await _calls.CountFailureAsync(_api, 5, Window, default);
        _calls.CountSuccess(_api, 5, Window);

        Assert.Equal(new(1, 1), await _calls.CountFailureAsync(_api, 6, Window, default));
        _calls.CountSuccess(_api, 5, Window);
        Assert.Equal(new(0, 0), await _calls.CountFailureAsync(_api, 5, Window, default));
        Assert.Equal(new(2, 2), await _calls.CountFailureAsync(_api, 6, Window, default));
    }

    [Fact]
    public async Task SlicesThatLeftTheWindow_AreDropped()
    {
        var hash = BreakerKeys.Calls(_api);
        var database = _redis.Connection.GetDatabase();
        await database.HashSetAsync(hash, [new("epoch", 5), new("1:calls", 100), new("1:failures", 100)]); // slice 1 ended in 1970

        Assert.Equal(new(1, 1), await _calls.CountFailureAsync(_api, 5, Window, default));
        Assert.False(await database.HashExistsAsync(hash, "1:calls"));
        Assert.NotNull(await database.KeyTimeToLiveAsync(hash));
    }

    [Fact]
    public async Task PausedRedis_CostsTheSuccessesThatWaitedAndNothingElse()
    {
        var impatient = Create(TimeSpan.FromMilliseconds(50));
        impatient.CountSuccess(_api, 5, Window);
        _redis.Server.Pause();
        try
        {
            await impatient.WriteAsync();
        }
        finally
        {
            _redis.Server.Resume();
        }

        await impatient.CountFailureAsync($"{_api}_2", 5, Window, default);
    }

    private RedisFailureWindow Create(TimeSpan? budget = null, TimeSpan? gather = null)
    {
        var options = new BreakerStoreOptions { Budget = budget ?? TimeSpan.FromSeconds(10) };
        options.GatherSuccesses = gather ?? options.GatherSuccesses;
        return new(_redis.Connection, Options.Create(options), _clock, NullLogger<RedisFailureWindow>.Instance);
    }

    private async Task<bool> IsAnybodyListeningAsync()
    {
        var answer = (RedisResult[])(await _redis.Connection.GetDatabase().ExecuteAsync("PUBSUB", "NUMSUB", BreakerKeys.RecountsChannel))!;
        return (long)answer[1] > 0;
    }

    private async Task<long> CountedAsync() => (await _redis.Connection.GetDatabase().HashGetAllAsync(BreakerKeys.Calls(_api)))
        .Where(entry => entry.Name.ToString().EndsWith(":calls", StringComparison.Ordinal)).Sum(entry => (long)entry.Value);

    private Task<bool> IsCountedAsync() => _redis.Connection.GetDatabase().KeyExistsAsync(BreakerKeys.Calls(_api));
}
