using ApiPoc.Domain.Throttling;

namespace ApiPoc.Domain.Tests.Throttling;

public sealed class LeaseTests
{
    private static readonly AdmissionDecision Decision = new(IsAdmitted: true, DateTimeOffset.UnixEpoch, []);

    [Theory]
    [InlineData(128, 64)]
    [InlineData(32, 16)]
    [InlineData(31, -1)]
    [InlineData(0, -1)]
    public void TryTake_OfALargeLease_TellsOneTakerThatItIsTimeForTheNext(int permits, int takenBefore)
    {
        var lease = new Lease(Decision, permits, expiresAt: 10);
        var told = new List<int>();
        int taken = 0;
        for (; lease.TryTake(now: 9, out bool isTimeForTheNext); taken++)
        {
            if (isTimeForTheNext)
                told.Add(taken);
        }
        Assert.Equal((permits, takenBefore), (taken, told.Count == 0 ? -1 : Assert.Single(told)));
    }

    [Fact]
    public void TryTake_Expired_TakesNothing_AndTheRestIsThere()
    {
        var lease = new Lease(Decision, permits: 5, expiresAt: 10);
        Assert.True(lease.TryTake(now: 9, out _));
        Assert.False(lease.TryTake(now: 10, out _));
        Assert.Equal((4, 0), (lease.TakeRest(), lease.TakeRest()));
    }
}
