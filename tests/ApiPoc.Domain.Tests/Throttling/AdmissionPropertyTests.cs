using ApiPoc.Domain.Throttling;
using ApiPoc.Testing;

namespace ApiPoc.Domain.Tests.Throttling;

/// <summary>What must hold in every history, whatever the limits.</summary>
public sealed class AdmissionPropertyTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryAdmission _admission;

    public AdmissionPropertyTests() => _admission = new InMemoryAdmission(_clock);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(100, 20)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task Refused_ChargesNothing(int seed)
    {
        await LiveAsync(seed, async (limits, cost) =>
        {
            var before = await _admission.AdmitAsync(limits, 0);
            var decision = await _admission.AdmitAsync(limits, cost);
            var after = await _admission.AdmitAsync(limits, 0);

            if (!decision.IsAdmitted)
                Assert.Equal(before.Limits, after.Limits);
            return decision;
        });
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Admitted_ChargesEachLimitItsCost(int seed)
    {
        await LiveAsync(seed, async (limits, cost) =>
        {
            var before = await _admission.AdmitAsync(limits, 0);
            var decision = await _admission.AdmitAsync(limits, cost);

            if (decision.IsAdmitted)
                Assert.Equal(before.Limits.Select(limit => limit.Remaining - cost), decision.Limits.Select(limit => limit.Remaining));
            return decision;
        });
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Refused_IsAdmittedAtRetryAfter_AndNotOneMicrosecondEarlier(int seed)
    {
        int refusals = 0;
        await LiveAsync(seed, async (limits, cost) =>
        {
            var refused = await _admission.AdmitAsync(limits, cost);
            if (refused.IsAdmitted || refused.RetryAfter == TimeSpan.MaxValue)
                return refused;

            refusals++;
            var microsecond = TimeSpan.FromMicroseconds(1);
            _clock.Advance(refused.RetryAfter - microsecond);
            Assert.False((await _admission.AdmitAsync(limits, cost)).IsAdmitted);
            _clock.Advance(microsecond);
            var admitted = await _admission.AdmitAsync(limits, cost);
            Assert.True(admitted.IsAdmitted, $"{refused.RetryAfter} was too early for {admitted.Refusal}");
            return admitted;
        });

        Assert.True(refusals > 50, $"Only {refusals} refusals were tried.");
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task CostAboveCapacity_NeverRetries(int seed)
    {
        await LiveAsync(seed, async (limits, cost) =>
        {
            var decision = await _admission.AdmitAsync(limits, cost);
            foreach (var status in decision.Limits)
                Assert.Equal(cost > status.Limit.Capacity, status.RetryAfter == TimeSpan.MaxValue);
            return decision;
        });
    }

    // The defining bound of a token bucket, over every interval between two admissions.
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1d / 3, 5)]
    [InlineData(3, 10, 100)]
    [InlineData(4, 7.7, 2)]
    [InlineData(5, 999_983, 3)]
    public async Task TokenBucket_AdmitsAtMostBurstPlusRateTimesTime(int seed, double rate, long burst)
    {
        var random = new Random(seed);
        TokenBucketLimit limit = new("k", "bucket", rate, burst);
        List<(double At, int Cost)> admitted = [];
        for (int step = 0; step < 4_000; step++)
        {
            _clock.Advance(TimeSpan.FromMicroseconds(random.NextInt64(Math.Max(2, (long)(1e5 / rate)))));
            int cost = random.Next(1, (int)Math.Min(3, burst + 1));
            if ((await _admission.AdmitAsync([limit], cost)).IsAdmitted)
                admitted.Add((_clock.GetElapsedTime(0).TotalSeconds, cost));
        }

        // With S(i) the cost up to and without i: for all i <= j, S(j+1) - S(i) <= burst + rate (t(j) - t(i)), that is
        // S(j+1) - rate t(j) - burst <= the least of S(i) - rate t(i) so far.
        double sum = 0, least = double.MaxValue;
        foreach (var (at, cost) in admitted)
        {
            least = Math.Min(least, sum - rate * at);
            sum += cost;
            Assert.True(sum - rate * at - burst <= least + 1e-6 + 1e-9 * rate, $"More than {burst} + {rate}/s before {at} s.");
        }

        // And no stricter than that, for the demand was far above the rate.
        Assert.True(sum >= 0.9 * rate * admitted[^1].At, $"Only {sum} admitted.");
    }

    private async Task LiveAsync(int seed, Func<IReadOnlyList<Limit>, int, Task<AdmissionDecision>> askAsync)
    {
        var history = new AdmissionHistory(seed, numbersChange: false);
        AdmissionDecision? last = null;
        for (int step = 0; step < 1_000; step++)
        {
            history.MoveTime(_clock, last, mayGoBack: false);
            last = await askAsync(history.NextSet(), history.NextCost());
        }
    }
}
