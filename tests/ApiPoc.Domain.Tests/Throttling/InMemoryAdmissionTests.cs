using ApiPoc.Domain.Throttling;
using ApiPoc.Testing;

namespace ApiPoc.Domain.Tests.Throttling;

public sealed class InMemoryAdmissionTests
{
    private static readonly WindowLimit FivePerMinute = new("a", "five", 5, TimeSpan.FromMinutes(1));
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero));
    private readonly InMemoryAdmission _admission;

    public InMemoryAdmissionTests() => _admission = new InMemoryAdmission(_clock);

    [Fact]
    public async Task AdmitAsync_WindowIsFull_RefusesAndTellsWhen()
    {
        for (int i = 0; i < 5; i++)
            Assert.True((await _admission.AdmitAsync([FivePerMinute])).IsAdmitted);
        _clock.Advance(TimeSpan.FromSeconds(20));

        var refused = await _admission.AdmitAsync([FivePerMinute]);

        var fortySeconds = TimeSpan.FromSeconds(40);
        Assert.False(refused.IsAdmitted);
        Assert.Equal(_clock.GetUtcNow(), refused.At);
        Assert.Equal([new LimitStatus(FivePerMinute, true, 0, fortySeconds, fortySeconds)], refused.Limits);
    }

    [Fact]
    public async Task AdmitAsync_OneOfTheSetRefuses_NoneIsCharged()
    {
        WindowLimit wide = new("b", "wide", 100, TimeSpan.FromMinutes(1));
        await _admission.AdmitAsync([FivePerMinute], 5);

        var refused = await _admission.AdmitAsync([wide, FivePerMinute]);

        Assert.Equal("five", refused.Refusal!.Limit.Name);
        Assert.Equal([100, 0], refused.Limits.Select(limit => limit.Remaining));
    }

    [Fact]
    public async Task AdmitAsync_CostZero_LooksAsForOneRequest()
    {
        await _admission.AdmitAsync([FivePerMinute], 4);
        Assert.True((await _admission.AdmitAsync([FivePerMinute], 0)).IsAdmitted);
        await _admission.AdmitAsync([FivePerMinute], 1);

        var look = await _admission.AdmitAsync([FivePerMinute], 0);

        Assert.False(look.IsAdmitted);
        Assert.Equal(TimeSpan.FromMinutes(1), look.RetryAfter);
    }

    [Fact]
    public async Task AdmitAsync_TokenBucket_RefillsContinuously()
    {
        TokenBucketLimit limit = new("t", "bucket", 10, 3);
        var emptied = await _admission.AdmitAsync([limit], 3);
        Assert.Equal([new LimitStatus(limit, false, 0, TimeSpan.Zero, TimeSpan.FromMilliseconds(300))], emptied.Limits);
        _clock.Advance(TimeSpan.FromMilliseconds(130));

        var refused = await _admission.AdmitAsync([limit], 2);

        Assert.Equal([new LimitStatus(limit, true, 1, TimeSpan.FromMilliseconds(70), TimeSpan.FromMilliseconds(170))], refused.Limits);
    }

    [Fact]
    public async Task AdmitAsync_ClockGoesBack_RefillsNothingUntilItHasCaughtUp()
    {
        TokenBucketLimit limit = new("t", "bucket", 1, 1);
        await _admission.AdmitAsync([limit]);
        _clock.SetUtcNow(_clock.GetUtcNow().AddHours(-1));

        var refused = await _admission.AdmitAsync([limit]);

        Assert.Equal(TimeSpan.FromSeconds(3601), refused.RetryAfter);
    }

    [Fact]
    public async Task AdmitAsync_EmptyBucketIsRaised_OwesNoMoreThanTheNewOneHolds()
    {
        TokenBucketLimit slow = new("r", "bucket", 0.1, 1);
        await _admission.AdmitAsync([slow]);

        var fast = slow with { Rate = 1_000, Burst = 1_000 };
        _clock.Advance(TimeSpan.FromMilliseconds(2));

        // Of the 10 s the slow bucket would take, the fast one's whole second is owed, of which 2 ms have passed.
        Assert.Equal(1, (await _admission.AdmitAsync([fast])).Limits[0].Remaining);
    }

    [Fact]
    public async Task AdmitAsync_EmptySet_Admits()
    {
        var decision = await _admission.AdmitAsync([]);

        Assert.True(decision.IsAdmitted);
        Assert.Empty(decision.Limits);
    }

    [Fact]
    public async Task AdmitAsync_KeysComeAndGo_MemoryFollowsTheKeysInUse()
    {
        for (int i = 0; i < 100_000; i++)
        {
            await _admission.AdmitAsync([new WindowLimit($"key {i}", "window", 5, TimeSpan.FromSeconds(1))]);
            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(_admission.Count, 100, 2_048);
    }

    [Fact]
    public async Task AdmitAsync_Concurrently_NeverAdmitsMore()
    {
        WindowLimit limit = new("c", "window", 1_000, TimeSpan.FromHours(1));
        int admitted = 0;

        await Parallel.ForAsync(0, 5_000, async (_, token) =>
        {
            if ((await _admission.AdmitAsync([limit], 1, token)).IsAdmitted)
                Interlocked.Increment(ref admitted);
        });

        Assert.Equal(1_000, admitted);
    }

    [Fact]
    public async Task AdmitAsync_SameKeyTwice_Throws() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await _admission.AdmitAsync([FivePerMinute, FivePerMinute]));

    [Fact]
    public async Task AdmitAsync_NegativeCost_Throws() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _admission.AdmitAsync([FivePerMinute], -1));
}
