using ApiPoc.Domain.Quotas;
using ApiPoc.Testing;

namespace ApiPoc.Domain.Tests.Quotas;

public sealed class ClosingMetricsTests
{
    [Fact]
    public void Closings_AreCountedByLimit_AndTheirRestIsAGauge()
    {
        using var meters = new RecordedMeters();
        var clock = new SetClock { Now = 100_000_000 };
        var metrics = new ClosingMetrics(meters, clock);

        metrics.Began("ODG_SURVEYS", "minute");
        metrics.Heard("ODG_SURVEYS", 142_500_000);
        metrics.Heard("OTHER", 0);
        meters.Observe();
        clock.Now = 150_000_000;
        meters.Observe();

        Assert.Equal(
            [
                "apipoc.quota.closings 1 {closing} api_id=ODG_SURVEYS limit=minute",
                "apipoc.quota.closed_for 0 s api_id=ODG_SURVEYS", "apipoc.quota.closed_for 0 s api_id=OTHER", "apipoc.quota.closed_for 0 s api_id=OTHER",
                "apipoc.quota.closed_for 42.5 s api_id=ODG_SURVEYS",
            ],
            meters.Measurements.Take(1).Concat(meters.Measurements.Skip(1).Order(StringComparer.Ordinal)));
    }

    private sealed class SetClock : ISharedClock
    {
        public long Now { get; set; }

        public DateTimeOffset ToLocal(long shared) => DateTimeOffset.UnixEpoch.AddMicroseconds(shared);

        public long ToShared(DateTimeOffset local) => (long)(local - DateTimeOffset.UnixEpoch).TotalMicroseconds;
    }
}
