using ApiPoc.Gateway.Usage;
using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.Usage;

public sealed class UsageRecorderTests
{
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Take_DaysThatAreOver_AreForgotten_OnceTheyHaveBeenTaken()
    {
        var recorder = new UsageRecorder(_clock);
        var first = new UsageDay("plan", "key", new DateOnly(2026, 1, 1));
        recorder.PutBack([(first, 3)]);
        _clock.Advance(TimeSpan.FromDays(4));
        var today = first with { Day = new DateOnly(2026, 1, 5) };
        recorder.PutBack([(today, 1)]);

        Assert.Equal([(first, 3), (today, 1)], recorder.Take().OrderBy(taken => taken.Day.Day));
        Assert.Empty(recorder.Take());
        Assert.Equal(1, recorder.Remembered);
    }
}
