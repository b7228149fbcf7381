namespace ApiPoc.Redis.Gathering;

/// <summary>
/// Takes many callers' steps to Redis together. A step leaves when its caller's patience ends, and whatever else waits leaves with it. One
/// trip is under way at a time: what comes meanwhile goes with the next, so that trips grow with the load instead of in number.
/// </summary>
/// <typeparam name="TStep">What a caller wants done.</typeparam>
/// <typeparam name="TAnswer">What it is told.</typeparam>
internal sealed class SharedTrips<TStep, TAnswer> : IDisposable
{
    private readonly Func<IReadOnlyList<TStep>, Task<IReadOnlyList<TAnswer>>> _travel;
    private readonly int _places;
    private readonly TimeProvider _clock;
    private readonly ITimer _departure;
    private readonly Lock _lock = new();
    private List<Passenger> _waiting = [];
    private bool _isUnderWay;

    /// <param name="travel">Makes one trip; answers every step, in their order.</param>
    /// <param name="places">The most steps of one trip.</param>
    /// <param name="clock">Tells when patience ends.</param>
    public SharedTrips(Func<IReadOnlyList<TStep>, Task<IReadOnlyList<TAnswer>>> travel, int places, TimeProvider clock)
    {
        (_travel, _places, _clock) = (travel, places, clock);
        _departure = clock.CreateTimer(_ => Depart(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Has a step taken within <paramref name="patience"/>, plus the time of a trip or two; at once when that is zero or less.</summary>
    /// <exception cref="Exception">Whatever made its trip, or the one before it, fail.</exception>
    public Task<TAnswer> AddAsync(TStep step, TimeSpan patience)
    {
        var passenger = new Passenger(step, _clock.GetUtcNow() + patience);
        lock (_lock) _waiting.Add(passenger);
        Depart();
        return passenger.Answer.Task;
    }

    public void Dispose() => _departure.Dispose();

    private void Depart()
    {
        lock (_lock)
        {
            if (_isUnderWay || !IsDue_NeedsLock())
                return;
            _isUnderWay = true;
        }
        _ = TravelAsync();
    }

    private async Task TravelAsync()
    {
        while (Board() is { Count: > 0 } passengers)
        {
            try
            {
                var answers = await _travel([.. passengers.Select(passenger => passenger.Step)]);
                for (int i = 0; i < passengers.Count; i++)
                    passengers[i].Answer.SetResult(answers[i]);
            }
            catch (Exception failure)
            {
                // Who waited for this trip to end has waited as long, and would meet the same.
                foreach (var passenger in passengers.Concat(TakeWaiting()))
                    passenger.Answer.TrySetException(failure);
            }
        }
    }

    private List<Passenger> Board()
    {
        lock (_lock)
        {
            _isUnderWay = IsDue_NeedsLock();
            if (!_isUnderWay)
                return [];
            var boarding = _waiting[..Math.Min(_places, _waiting.Count)];
            _waiting.RemoveRange(0, boarding.Count);
            return boarding;
        }
    }

    private List<Passenger> TakeWaiting()
    {
        lock (_lock)
        {
            var taken = _waiting;
            _waiting = [];
            return taken;
        }
    }

    /// <summary>Whether somebody's patience has ended or a trip is full; if not, sees to it that the next end is not missed.</summary>
    private bool IsDue_NeedsLock()
    {
        if (_waiting.Count == 0)
            return false;
        var left = _waiting.Min(passenger => passenger.LeavesBy) - _clock.GetUtcNow();
        if (left <= TimeSpan.Zero || _waiting.Count >= _places)
            return true;
        _departure.Change(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        return false;
    }

    private sealed record Passenger(TStep Step, DateTimeOffset LeavesBy)
    {
        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
