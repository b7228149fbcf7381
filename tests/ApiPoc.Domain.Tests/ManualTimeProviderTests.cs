using ApiPoc.Testing;

namespace ApiPoc.Domain.Tests;

/// <summary>The tests' own clock, on which most other tests stand.</summary>
public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Advance_FiresTimersInOrderAtTheirMoments()
    {
        List<string> fired = [];
        using var late = _clock.CreateTimer(_ => fired.Add($"late {Elapsed()}"), null, TimeSpan.FromSeconds(2.5), Timeout.InfiniteTimeSpan);
        using var often = _clock.CreateTimer(_ => fired.Add($"often {Elapsed()}"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        _clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(["often 1", "late 2.5", "often 3"], fired);
        Assert.Equal(4, Elapsed());
    }

    [Fact]
    public async Task Delay_CompletesWhenItsTimeHasCome()
    {
        var delay = Task.Delay(TimeSpan.FromSeconds(5), _clock);
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(delay.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(0.1));

        await delay;
    }

    [Fact]
    public void SetUtcNow_MovesTheWallClockOnly()
    {
        long before = _clock.GetTimestamp();

        _clock.SetUtcNow(DateTimeOffset.UnixEpoch);

        Assert.Equal((DateTimeOffset.UnixEpoch, before), (_clock.GetUtcNow(), _clock.GetTimestamp()));
    }

    [Fact]
    public void Dispose_Timer_NeverFires()
    {
        bool fired = false;
        _clock.CreateTimer(_ => fired = true, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan).Dispose();

        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(fired);
        Assert.Equal(0, _clock.PendingTimers);
    }

    private double Elapsed() => _clock.GetElapsedTime(0).TotalSeconds;
}
