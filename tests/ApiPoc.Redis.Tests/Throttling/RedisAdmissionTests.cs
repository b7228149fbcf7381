using ApiPoc.Domain.Throttling;
using ApiPoc.Redis.Throttling;
using StackExchange.Redis;

namespace ApiPoc.Redis.Tests.Throttling;

/// <summary>The adapter in real time; what it decides is held to its twin by <see cref="TwinTests"/>.</summary>
public sealed class RedisAdmissionTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    // Far longer than any test, so that only failures meet it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly RedisAdmission _admission = Admission(redis.Connection);

    [Fact]
    public async Task AdmitAsync_EightConnectionsHammerOneSet_NeverAdmitsMoreThanTheTightestLimit()
    {
        Limit[] set =
        [
            new TokenBucketLimit("hammer", "bucket", 0.001, 400),
            new WindowLimit("hammer-window", "window", 300, TimeSpan.FromHours(1)),
            new CalendarLimit("hammer-month", "month", 350, CalendarPeriod.Month),
        ];
        var connections = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ConnectionMultiplexer.ConnectAsync(redis.Server.ConnectionString)));
        var decisions = await Task.WhenAll(connections.SelectMany(connection =>
        {
            var admission = Admission(connection);
            return Enumerable.Range(0, 200).Select(_ => admission.AdmitAsync(set).AsTask());
        }));
        Array.ForEach(connections, connection => connection.Dispose());

        Assert.Equal(300, decisions.Count(decision => decision.IsAdmitted));
        Assert.All(decisions.Where(decision => !decision.IsAdmitted), decision => Assert.Equal("window", decision.Refusal!.Limit.Name));
        Assert.Equal([100, 0, 50], (await _admission.AdmitAsync(set, 0)).Limits.Select(limit => limit.Remaining));
    }

    [Fact]
    public async Task AdmitAsync_ChargedLimits_ExpireWhenTheyNoLongerMatter()
    {
        Limit[] set =
        [
            new TokenBucketLimit("expiry", "bucket", 0.01, 10),
            new WindowLimit("expiry-w", "window", 10, TimeSpan.FromMinutes(1)),
            new CalendarLimit("expiry-c", "day", 10, CalendarPeriod.Day),
        ];
        var decision = await _admission.AdmitAsync(set, 3);

        var lives = await Task.WhenAll(set.Select(limit => redis.Connection.GetDatabase().KeyTimeToLiveAsync(_admission.KeyOf(limit))));

        Assert.All(lives.Zip(decision.Limits), pair => Assert.InRange(
            pair.First!.Value, pair.Second.ResetAfter - TimeSpan.FromSeconds(30), pair.Second.ResetAfter + TimeSpan.FromMilliseconds(2)));
    }

    [Fact]
    public async Task AdmitAsync_Look_WritesNothing()
    {
        WindowLimit limit = new("look", "window", 10, TimeSpan.FromMinutes(1));

        var decision = await _admission.AdmitAsync([limit], 0);

        Assert.Equal([new LimitStatus(limit, false, 10, TimeSpan.Zero, TimeSpan.Zero)], decision.Limits);
        Assert.False(await redis.Connection.GetDatabase().KeyExistsAsync(_admission.KeyOf(limit)));
    }

    [Fact]
    public async Task AdmitAsync_EmptySet_AdmitsAtTheServersTime()
    {
        var decision = await _admission.AdmitAsync([]);

        Assert.True(decision.IsAdmitted);
        Assert.InRange(TimeProvider.System.GetUtcNow() - decision.At, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task AdmitAsync_AnotherPrefix_AnotherState()
    {
        WindowLimit limit = new("shared", "window", 1, TimeSpan.FromMinutes(1));
        await _admission.AdmitAsync([limit]);
        RedisAdmission other = new(redis.Connection, new RedisAdmissionOptions { KeyPrefix = "other:", Timeout = Patience });

        Assert.False((await _admission.AdmitAsync([limit])).IsAdmitted);
        Assert.True((await other.AdmitAsync([limit])).IsAdmitted);
    }

    [Fact]
    public async Task AdmitAsync_KeyWithSpacesQuotesAndUnicode_IsOneKey()
    {
        WindowLimit limit = new("a b\"c'\n*?[é]{x}", "window", 2, TimeSpan.FromMinutes(1));
        await _admission.AdmitAsync([limit]);

        Assert.Equal(0, (await _admission.AdmitAsync([limit])).Limits[0].Remaining);
    }

    private static RedisAdmission Admission(IConnectionMultiplexer connection) =>
        new(connection, new RedisAdmissionOptions { KeyPrefix = "test:", Timeout = Patience });
}
