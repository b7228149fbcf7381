using ApiPoc.Domain.Breaker;
using ApiPoc.Testing;

namespace ApiPoc.Domain.Tests.Breaker;

public sealed class BreakerViewTests : IDisposable
{
    private readonly RecordedMeters _meters = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly OneBreaker _store;
    private readonly BreakerView _view;

    public BreakerViewTests()
    {
        _store = new(_clock);
        _view = new(new BreakerGate(_store, new ToldFailures(), new RecordedEvents(), new BreakerMetrics(_meters)), _clock);
    }

    [Fact]
    public async Task Closed_IsBelievedForFiveSeconds()
    {
        await _view.ReadAsync("API", default);
        _clock.Advance(TimeSpan.FromMilliseconds(4999));
        Assert.Equal(CircuitState.Closed, (await _view.ReadAsync("API", default)).State.Circuit);
        Assert.Equal(1, _store.Reads);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await _view.ReadAsync("API", default);
        Assert.Equal(2, _store.Reads);
    }

    [Fact]
    public async Task Open_IsBelievedByWhoLooks_WithTheTimePassed_AndReadAnewByWhoReads()
    {
        _store.State = Open();
        var first = await _view.LookAsync("API", default);
        _clock.Advance(TimeSpan.FromMilliseconds(300));

        Assert.Equal(first with { Now = first.Now.AddMilliseconds(300) }, await _view.LookAsync("API", default));
        Assert.Equal(1, _store.Reads);
        await _view.ReadAsync("API", default);
        Assert.Equal(2, _store.Reads);
    }

    [Fact]
    public async Task Open_IsBelievedForASecond()
    {
        _store.State = Open();
        await _view.LookAsync("API", default);
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        await _view.LookAsync("API", default);
        Assert.Equal(1, _store.Reads);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await _view.LookAsync("API", default);
        Assert.Equal(2, _store.Reads);
    }

    [Theory]
    [InlineData("API", 2)]
    [InlineData(null, 2)] // any may have changed
    [InlineData("OTHER", 1)]
    public async Task Forgotten_IsReadAnew(string? forgotten, int reads)
    {
        await _view.LookAsync("API", default);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        _view.Forget(forgotten);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await _view.LookAsync("API", default);
        await _view.LookAsync("API", default);
        Assert.Equal(reads, _store.Reads);
    }

    [Fact]
    public async Task Change_Heard_IsReadAnew()
    {
        await _view.LookAsync("API", default);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        _store.State = Open();

        _view.Forget("API");

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(CircuitState.Open, (await _view.LookAsync("API", default)).State.Circuit);
        Assert.Equal(CircuitState.Open, (await _view.LookAsync("API", default)).State.Circuit);
        Assert.Equal(2, _store.Reads);
    }

    [Fact]
    public async Task Change_HeardWhileAnOlderAnswerIsUnderWay_IsReadAnew()
    {
        var answer = new TaskCompletionSource();
        _store.AnswerAfter = answer.Task;
        var underWay = _view.LookAsync("API", default);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        _store.State = Open();
        _view.Forget("API");
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        answer.SetResult();
        await underWay;

        Assert.Equal(CircuitState.Open, (await _view.LookAsync("API", default)).State.Circuit);
        Assert.Equal(CircuitState.Open, (await _view.ReadAsync("API", default)).State.Circuit);
    }

    public void Dispose() => _meters.Dispose();

    private BreakerState Open() => new(CircuitState.Open, 1, _clock.GetUtcNow().AddMinutes(1), "429", null, 0);
}
