using ApiPoc.Redis.Breaker;
using ApiPoc.Redis.Gathering;
using ApiPoc.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

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
    public async Task Successes_AreWrittenTogetherWithinASecond()
    {
        for (int call = 0; call < 7; call++)
            _calls.CountSuccess(_api, 5, Window);

        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(await IsCountedAsync());
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await Eventually.IsTrueAsync(IsCountedAsync, "the calls are counted");
        Assert.Equal(new(8, 1), await Create().CountFailureAsync(_api, 5, Window, default));
        Assert.Equal(0, _clock.PendingTimers); // nothing more to write, nothing more to wake for
    }

    [Fact]
    public async Task Successes_OfAShortWindow_WaitForATenthOfIt()
    {
        _calls.CountSuccess(_api, 5, TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromMilliseconds(200));

        await Eventually.IsTrueAsync(IsCountedAsync, "the calls are counted");
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

    private RedisFailureWindow Create(TimeSpan? budget = null) => new(
        _redis.Connection, Options.Create(new BreakerStoreOptions { Budget = budget ?? TimeSpan.FromSeconds(10) }), _clock,
        NullLogger<RedisFailureWindow>.Instance);

    private Task<bool> IsCountedAsync() => _redis.Connection.GetDatabase().KeyExistsAsync(BreakerKeys.Calls(_api));
}
