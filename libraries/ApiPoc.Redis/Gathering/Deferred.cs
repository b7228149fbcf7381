namespace ApiPoc.Redis.Gathering;

/// <summary>Does something a while after it was first wanted; wanting it again meanwhile changes nothing, unless it is wanted sooner.</summary>
internal sealed class Deferred(Func<Task> act, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private long _dueAt = long.MaxValue; // by the clock's timestamps

    /// <summary>Wants it done within <paramref name="time"/>; the action must not throw, for nobody waits for it.</summary>
    public void Within(TimeSpan time)
    {
        var at = clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);
        lock (_lock)
        {
            if (at >= _dueAt) return;
            _dueAt = at;
        }

        _ = ActAsync(time, at);
    }

    private async Task ActAsync(TimeSpan time, long at)
    {
        await Task.Delay(time, clock);
        lock (_lock)
        {
            if (_dueAt != at) return;
            _dueAt = long.MaxValue;
        }

        await act();
    }
}
