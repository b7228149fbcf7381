using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Domain.Tests.Quotas;

/// <summary>50 a second, counted by the clock, while we believe that windows open when they are first used.</summary>
public sealed class ClockWindowsTests
{
    private const long Opens = 1_000_580_000;
    private const long TestedAt = Opens + 660_000;
    private readonly LimitState _limit = QuotaState.Create([new DeclaredLimit { Name = "api", Count = 50, Period = TimeSpan.FromSeconds(1) }]).Limits[0];

    /// <summary>
    /// Of the window before 29 calls were used, and then 21 more were accepted as tests. The burst at the opening of the next one meets a refusal: the tests
    /// were in the window that refuses it. Late in the burst, there was room for it and the tests together, so the size they told stands.
    /// </summary>
    [Theory]
    [InlineData(30, 50)]
    [InlineData(9, 29)]
    public void BurstRefusedAfterTests_SaysWhenTheWindowOpenedAndNotThatItIsSmaller(int ordinal, int size)
    {
        var before = _limit.Window.Open(Opens);
        (before.Granted, before.Accepted, before.OpenedAt) = (50, 50, Opens);
        (before.Tests, before.Tested) = (21, new QuotaWindowOpening(TestedAt - 30_000, TestedAt));
        var window = _limit.Window.Open(Opens + 1_000_000);
        (window.Granted, window.LastOrdinal) = (50, 50);
        _limit.FollowWindows(before, Opens);
        (_limit.IsVerified, _limit.FullWindows) = (true, 7);
        long moment = window.StartsAt + 10_000;

        RefusalLearner.Refused(_limit, new LimitCharge(0, window.Id, ordinal, PermitPurpose.Use), moment, moment + 2_000, retryAfter: null);

        Assert.Equal((size, TestedAt), (_limit.Size, window.OpenedAt));
        Assert.Equal((29, 21), (before.Accepted, window.Accepted));
    }
}
