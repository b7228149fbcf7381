using ApiPoc.Redis.Quotas;
using ApiPoc.Testing;

namespace ApiPoc.Redis.Tests.Quotas;

public sealed class StoreClockTests
{
    private const long StoreTime = 1_800_000_000_000_000;
    private readonly ManualTimeProvider _clock = new();
    private readonly StoreClock _shared;

    public StoreClockTests() => _shared = new StoreClock(_clock);

    [Fact]
    public void Time_BeforeAnyAnswer_IsTheMachines() =>
        Assert.Equal((_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, _shared.Now);

    [Fact]
    public void Time_AfterAnAnswer_GoesOnFromTheMiddleOfItsTrip()
    {
        Learn(StoreTime, tripMs: 4);

        Assert.Equal(StoreTime + 2_000, _shared.Now);
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(StoreTime + 3_002_000, _shared.Now);
    }

    [Fact]
    public void Answer_ThatCameFaster_IsBelieved()
    {
        Learn(StoreTime, tripMs: 20);

        Learn(StoreTime + 15_000, tripMs: 2);

        Assert.Equal(StoreTime + 16_000, _shared.Now);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(300, true)]
    public void Answer_ThatCameSlower_IsBelievedOnceTheOtherIsOld(int secondsLater, bool isBelieved)
    {
        Learn(StoreTime, tripMs: 2);
        _clock.Advance(TimeSpan.FromSeconds(secondsLater));

        Learn(0, tripMs: 20);

        Assert.Equal(isBelieved, _shared.Now == 10_000);
    }

    [Fact]
    public void Moments_AreToldInBothTimes()
    {
        Learn(StoreTime, tripMs: 2);
        var local = _clock.GetUtcNow().AddSeconds(5);

        Assert.Equal(StoreTime + 5_001_000, _shared.ToShared(local));
        Assert.Equal(local, _shared.ToLocal(StoreTime + 5_001_000));
    }

    private void Learn(long storeTime, int tripMs)
    {
        var asked = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromMilliseconds(tripMs));
        _shared.Learn(asked, storeTime);
    }
}
