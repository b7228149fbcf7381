using System.Globalization;

namespace ApiPoc.Redis.Tests.Quotas;

/// <summary>State that is gone, or that was begun with other settings, is begun anew.</summary>
public sealed class LostStateTests(RedisFixture redis) : OneQuotaTests(redis)
{
    [Fact]
    public async Task Ask_StoreThatLostItsData_EveryProcessGoesOnWithWhatWasUsed()
    {
        var (first, second) = (Engine(30).Engine, Engine(30).Engine);
        var granted = 0;
        foreach (var engine in new[] { first, second, second, first, second, first })
            granted += await AskAndAnswerAsync(engine, 2);
        Assert.Equal(12, granted);

        await Redis.Connection.GetDatabase().KeyDeleteAsync($"{{{Api}:quota}}");

        for (var round = 0; round < 20; round++)
            foreach (var engine in new[] { first, second })
                granted += await AskAndAnswerAsync(engine, 12);
        Assert.Equal(30, granted);
    }

    [Fact]
    public async Task Ask_StoreThatLostItsDataWhileNobodyRan_BeginsAnew()
    {
        await AskAndAnswerAsync(Engine(30).Engine, 2);
        await Redis.Connection.GetDatabase().KeyDeleteAsync($"{{{Api}:quota}}");

        var granted = 0;
        var engine = Engine(30).Engine;
        for (var round = 0; round < 20; round++)
            granted += await AskAndAnswerAsync(engine, 12);

        Assert.Equal(30, granted);
    }

    [Fact]
    public async Task Report_OfAPermitFromBeforeTheLoss_IsNotTakenForALaterOne()
    {
        var engine = Engine(30).Engine;
        var before = (await engine.AskAsync(Api, Requests(1), default)).Permits[0];
        await Redis.Connection.GetDatabase().KeyDeleteAsync($"{{{Api}:quota}}");
        var other = Engine(30).Engine;
        var after = (await other.AskAsync(Api, Requests(1), default)).Permits[0];

        Assert.True(long.Parse(after.Id, CultureInfo.InvariantCulture) > long.Parse(before.Id, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Ask_LimitDeclaredAnew_IsTakenByTheNextWhoStarts()
    {
        var old = Engine(5).Engine;
        while (await AskAndAnswerAsync(old, 5) > 0)
        {
            // Use the old window up.
        }

        var granted = 0;
        var restarted = Engine(30).Engine;
        for (var round = 0; round < 20; round++)
            granted += await AskAndAnswerAsync(restarted, 12);

        Assert.Equal(30, granted);
        var another = Engine(30).Engine;
        Assert.Empty((await another.AskAsync(Api, Requests(1), default)).Permits);
    }
}
