namespace ApiPoc.Redis.Gathering;

/// <summary>Does something a while after it was first wanted; wanting it again meanwhile changes nothing.</summary>
internal sealed class Deferred(Func<Task> act, TimeProvider clock)
{
    private int _isPending;

    /// <summary>Wants it done within <paramref name="time"/>; the action must not throw, for nobody waits for it.</summary>
    public void Within(TimeSpan time)
    {
        if (Interlocked.Exchange(ref _isPending, 1) == 0)
            _ = ActAsync(time);
    }

    private async Task ActAsync(TimeSpan time)
    {
        await Task.Delay(time, clock);
        Interlocked.Exchange(ref _isPending, 0);
        await act();
    }
}
