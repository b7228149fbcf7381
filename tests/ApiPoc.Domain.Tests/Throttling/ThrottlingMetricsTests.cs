using ApiPoc.Domain.Throttling;
using ApiPoc.Testing;

namespace ApiPoc.Domain.Tests.Throttling;

public sealed class ThrottlingMetricsTests
{
    private static readonly WindowLimit TwoPerSecond = new("k", "two", 2, TimeSpan.FromSeconds(1));

    [Fact]
    public async Task MeteredAdmission_CountsRequestsByOutcome_AndTimesEveryDecision()
    {
        using var meters = new RecordedMeters();
        var clock = new ManualTimeProvider();
        MeteredAdmission admission = new(new InMemoryAdmission(clock), new ThrottlingMetrics(meters), clock);

        await admission.AdmitAsync([TwoPerSecond], 2);
        await admission.AdmitAsync([TwoPerSecond]);
        await admission.AdmitAsync([TwoPerSecond], 0);

        Assert.Equal(
            [
                "apipoc.throttling.decision.duration 0 s outcome=admitted",
                "apipoc.throttling.admitted 2 {request}",
                "apipoc.throttling.decision.duration 0 s outcome=refused",
                "apipoc.throttling.refused 1 {request} limit=two",
                "apipoc.throttling.decision.duration 0 s outcome=refused",
            ],
            meters.Measurements);
    }

    [Fact]
    public async Task MeteredAdmission_StoreIsGone_TimesItAsUnavailable()
    {
        using var meters = new RecordedMeters();
        MeteredAdmission admission = new(new GoneAdmission(), new ThrottlingMetrics(meters), new ManualTimeProvider());

        await Assert.ThrowsAsync<AdmissionUnavailableException>(async () => await admission.AdmitAsync([TwoPerSecond]));

        Assert.Equal(["apipoc.throttling.decision.duration 0 s outcome=unavailable"], meters.Measurements);
    }

    private sealed class GoneAdmission : IAdmission
    {
        public ValueTask<AdmissionDecision> AdmitAsync(IReadOnlyList<Limit> limits, int cost = 1, CancellationToken cancellationToken = default) =>
            throw new AdmissionUnavailableException("gone");
    }
}
