using ApiPoc.Redis.Gathering;
using ApiPoc.Redis.Jobs;
using ApiPoc.Testing;
using Microsoft.Extensions.Options;

namespace ApiPoc.Redis.Tests.Jobs;

public sealed class RedisInvocationStatsTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    private readonly string _api = $"API_{Guid.NewGuid():N}";
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Counts_AreWrittenTogetherWithinFiveSeconds()
    {
        var stats = Create();
        for (int invocation = 0; invocation < 20; invocation++)
            stats.Count(_api);
        Assert.Null(await StoredAsync("2026-01-01"));

        _clock.Advance(TimeSpan.FromSeconds(5));

        await Eventually.IsTrueAsync(async () => await StoredAsync("2026-01-01") == 20, "twenty are stored");
        Assert.Equal(0, _clock.PendingTimers);
    }

    [Fact]
    public async Task Counts_OfTwoDays_AreKeptApart()
    {
        _clock.SetUtcNow(new(2026, 1, 1, 23, 59, 59, TimeSpan.Zero));
        var stats = Create();
        stats.Count(_api);
        _clock.SetUtcNow(new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));
        stats.Count(_api);
        stats.Count(_api);

        await new WriteAtStop([stats]).StopAsync(default);

        Assert.Equal((1L, 2L), (await StoredAsync("2026-01-01"), await StoredAsync("2026-01-02")));
    }

    [Fact]
    public async Task Read_ShowsWhatThisProcessCountedJustNow()
    {
        var stats = Create();
        stats.Count(_api);

        Assert.Equal(1, (await stats.ReadAsync(default))[$"2026-01-01:{_api}"]);
    }

    private RedisInvocationStats Create() => new(
        redis.Connection, Options.Create(new JobLedgerOptions { Budget = TimeSpan.FromSeconds(10) }), _clock);

    private async Task<long?> StoredAsync(string day) =>
        (long?)await redis.Connection.GetDatabase().HashGetAsync("stats:invoke", $"{day}:{_api}");
}
