using ApiPoc.Redis.Gathering;
using ApiPoc.Testing;

namespace ApiPoc.Redis.Tests.Gathering;

public sealed class DeferredTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Deferred _deferred;
    private int _done;

    public DeferredTests() => _deferred = new(() => Task.FromResult(Interlocked.Increment(ref _done)), _clock);

    [Fact]
    public async Task Wanted_Twice_IsDoneOnce_WhenItWasFirstWanted()
    {
        _deferred.Within(TimeSpan.FromMilliseconds(50));
        _deferred.Within(TimeSpan.FromMilliseconds(80));
        _clock.Advance(TimeSpan.FromMilliseconds(49));
        Assert.Equal(0, Volatile.Read(ref _done));

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await IsDoneOnceAsync();
    }

    [Fact]
    public async Task Wanted_Sooner_IsDoneSooner_AndOnce()
    {
        _deferred.Within(TimeSpan.FromMilliseconds(50));
        _deferred.Within(TimeSpan.FromMilliseconds(10));
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        await IsDoneOnceAsync();
    }

    [Fact]
    public async Task Wanted_AfterItWasDone_IsDoneAgain()
    {
        _deferred.Within(TimeSpan.Zero);
        await DoneAsync(1);

        _deferred.Within(TimeSpan.Zero);

        await DoneAsync(2);
    }

    private async Task IsDoneOnceAsync()
    {
        await DoneAsync(1);
        _clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(1, Volatile.Read(ref _done));
    }

    private Task DoneAsync(int times) => Eventually.IsTrueAsync(() => Volatile.Read(ref _done) == times, $"it is done {times} times");
}
