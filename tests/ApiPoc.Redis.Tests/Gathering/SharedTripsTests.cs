using ApiPoc.Redis.Gathering;
using ApiPoc.Testing;

namespace ApiPoc.Redis.Tests.Gathering;

public sealed class SharedTripsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly ManualTimeProvider _clock = new();
    private readonly List<string> _trips = [];
    private readonly SharedTrips<string, string> _shared;
    private Task _redis = Task.CompletedTask;

    public SharedTripsTests() => _shared = new(TravelAsync, places: 4, _clock);

    public void Dispose() => _shared.Dispose();

    [Fact]
    public async Task Step_WithoutPatience_LeavesAtOnce()
    {
        Assert.Equal("A", await _shared.AddAsync("a", TimeSpan.Zero).WaitAsync(Timeout));
        Assert.Equal("B", await _shared.AddAsync("b", TimeSpan.FromSeconds(-1)).WaitAsync(Timeout));

        Assert.Equal(["a", "b"], _trips);
    }

    [Fact]
    public async Task Steps_WithPatience_LeaveTogetherWhenTheFirstOnesEnds()
    {
        var first = _shared.AddAsync("a", Patience * 2);
        var second = _shared.AddAsync("b", Patience);
        _clock.Advance(Patience - TimeSpan.FromMilliseconds(1));
        Assert.Empty(_trips);

        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(["A", "B"], await Task.WhenAll(first, second).WaitAsync(Timeout));
        Assert.Equal(["a b"], _trips);
    }

    [Fact]
    public async Task Step_WithoutPatience_TakesAlongWhoWaits()
    {
        var patient = _shared.AddAsync("a", Patience);
        await _shared.AddAsync("b", TimeSpan.Zero).WaitAsync(Timeout);

        Assert.Equal("A", await patient.WaitAsync(Timeout));
        Assert.Equal(["a b"], _trips);
    }

    [Fact]
    public async Task Steps_DuringATrip_LeaveTogetherAfterIt()
    {
        var answer = new TaskCompletionSource();
        _redis = answer.Task;
        var steps = new[] { "a", "b", "c" }.Select(step => _shared.AddAsync(step, TimeSpan.Zero)).ToArray();
        Assert.Equal(["a"], _trips);

        answer.SetResult();

        Assert.Equal(["A", "B", "C"], await Task.WhenAll(steps).WaitAsync(Timeout));
        Assert.Equal(["a", "b c"], _trips);
    }

    [Fact]
    public async Task Steps_ThatFillATrip_DoNotWait()
    {
        var steps = "abcde".Select(step => _shared.AddAsync($"{step}", Patience)).ToArray();
        await Task.WhenAll(steps[..4]).WaitAsync(Timeout);
        Assert.Equal(["a b c d"], _trips);

        _clock.Advance(Patience);

        Assert.Equal("E", await steps[4].WaitAsync(Timeout));
    }

    [Fact]
    public async Task FailedTrip_FailsItsStepsAndThoseThatWaitedBehindIt_AndNoOthers()
    {
        var answer = new TaskCompletionSource();
        _redis = answer.Task;
        var (inIt, behindIt) = (_shared.AddAsync("a", TimeSpan.Zero), _shared.AddAsync("b", TimeSpan.Zero));

        answer.SetException(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => inIt.WaitAsync(Timeout));
        await Assert.ThrowsAsync<TimeoutException>(() => behindIt.WaitAsync(Timeout));
        _redis = Task.CompletedTask;
        Assert.Equal("C", await _shared.AddAsync("c", TimeSpan.Zero).WaitAsync(Timeout));
        Assert.Equal(["a", "c"], _trips);
    }

    private async Task<IReadOnlyList<string>> TravelAsync(IReadOnlyList<string> steps)
    {
        _trips.Add(string.Join(' ', steps));
        await _redis;
        return [.. steps.Select(step => step.ToUpperInvariant())];
    }
}
