namespace ApiPoc.Redis.Breaker;

/// <summary>Calls of one API that went well and are not counted yet, and when. Those of an epoch that is over are forgotten.</summary>
internal sealed class GatheredSuccesses(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private List<(long At, long Calls)> _groups = [];
    private long _epoch;

    /// <summary>Adds a call that ended now; with the one before, if that is at most so long ago.</summary>
    public void Add(long epoch, TimeSpan together)
    {
        lock (_lock)
        {
            Turn_NeedsLock(epoch);
            if (epoch != _epoch)
                return;
            if (_groups is [.., var (at, calls)] && clock.GetElapsedTime(at) < together)
                _groups[^1] = (at, calls + 1);
            else
                _groups.Add((clock.GetTimestamp(), 1));
        }
    }

    /// <summary>Takes those of an epoch; none when a newer one has begun.</summary>
    public IReadOnlyList<Successes> Take(long epoch)
    {
        lock (_lock)
        {
            Turn_NeedsLock(epoch);
            return epoch == _epoch ? Take_NeedsLock() : [];
        }
    }

    /// <summary>Takes what there is.</summary>
    public (long Epoch, IReadOnlyList<Successes> Groups) Take()
    {
        lock (_lock) return (_epoch, Take_NeedsLock());
    }

    private Successes[] Take_NeedsLock()
    {
        Successes[] taken = [.. _groups.Select(group => new Successes(clock.GetElapsedTime(group.At), group.Calls))];
        _groups = [];
        return taken;
    }

    private void Turn_NeedsLock(long epoch)
    {
        if (epoch > _epoch)
            (_epoch, _groups) = (epoch, []);
    }
}

/// <summary>Calls that went well at about the same time.</summary>
/// <param name="Ago">How long ago.</param>
/// <param name="Calls">How many.</param>
internal readonly record struct Successes(TimeSpan Ago, long Calls);
