using System.Threading.RateLimiting;
using ApiPoc.Domain.Quotas;
using ApiPoc.Resilience.Quotas;

namespace ApiPoc.Resilience.Tests.Quotas;

public sealed class ThrottledRateLimiterTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task Acquire_WithinTheQuota_IsAcquiredAndReported()
    {
        await using var host = await StartAsync(limit: 2);
        await using var limiter = Create(host);

        using var lease = (ThrottledLease)await limiter.AcquireAsync();

        Assert.True(lease.IsAcquired);
        await lease.ReportAsync(TimeProvider.System.GetUtcNow(), 200, QuotaHeaders.None);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await lease.ReportAsync(TimeProvider.System.GetUtcNow(), 200, QuotaHeaders.None));
    }

    [Fact]
    public async Task Acquire_BeyondTheQuota_IsRefusedWithTheTimeToWait()
    {
        await using var host = await StartAsync(limit: 1);
        await using var limiter = Create(host);
        using var first = (ThrottledLease)await limiter.AcquireAsync();
        await first.ReportAsync(TimeProvider.System.GetUtcNow(), 200, QuotaHeaders.None); // until then more could be asked for any moment

        using var second = await limiter.AcquireAsync();

        Assert.False(second.IsAcquired);
        Assert.True(second.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter));
        Assert.InRange(retryAfter, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        Assert.Equal((1, 1), (limiter.GetStatistics()!.TotalSuccessfulLeases, limiter.GetStatistics()!.TotalFailedLeases));
    }

    [Fact]
    public async Task Attempt_TakesOnlyWhatMayBeUsedAtOnce()
    {
        await using var host = await StartAsync(limit: 1);
        await using var limiter = Create(host);

        using var first = limiter.AttemptAcquire();
        using var second = limiter.AttemptAcquire();

        Assert.Equal((true, false), (first.IsAcquired, second.IsAcquired));
        Assert.True(second.TryGetMetadata(MetadataName.RetryAfter, out _));
    }

    [Fact]
    public async Task Acquire_MoreThanThereIs_ReturnsWhatItTook()
    {
        await using var host = await StartAsync(limit: 2);
        await using var limiter = Create(host);

        using var three = await limiter.AcquireAsync(3);
        using var two = await limiter.AcquireAsync(2);

        Assert.Equal((false, true), (three.IsAcquired, two.IsAcquired));
    }

    private Task<ClientHost> StartAsync(int limit) => ClientHost.StartAsync(
        redis.Server, ClientHost.NewApiId(), "http://127.0.0.1:9", settings: ClientHost.Limit(limit, "00:10:00"));

    private static ThrottledRateLimiter Create(ClientHost host) => new(host.Desk, host.Quota, TimeSpan.FromSeconds(5), TimeProvider.System);
}
