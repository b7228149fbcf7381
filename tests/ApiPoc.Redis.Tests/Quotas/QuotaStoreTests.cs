using ApiPoc.Redis.Quotas;
using ApiPoc.Testing;
using Microsoft.Extensions.Options;

namespace ApiPoc.Redis.Tests.Quotas;

/// <summary>Alone on its server, whose commands it counts.</summary>
public sealed class QuotaStoreTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task LearnTime_AtFirstByFiveAnswers_ThenByOneEachTenSeconds()
    {
        var clock = new ManualTimeProvider();
        var store = new QuotaStore(redis.Connection, clock, Options.Create(new QuotaStoreOptions { Budget = TimeSpan.FromSeconds(10) }));
        List<int> asked = [];

        foreach (int seconds in (int[])[0, 9, 1, 9, 1])
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            await store.LearnTimeAsync(default);
            asked.Add(await CountAsync());
        }

        Assert.Equal([5, 5, 6, 6, 7], asked);
    }

    private async Task<int> CountAsync()
    {
        string stats = (await redis.Connection.GetDatabase().ExecuteAsync("INFO", "commandstats")).ToString()!;
        return int.Parse(stats.Split("cmdstat_time:calls=")[1].Split(',')[0]);
    }
}
