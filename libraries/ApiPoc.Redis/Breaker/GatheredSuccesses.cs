namespace ApiPoc.Redis.Breaker;

/// <summary>Calls of one API that went well and are not counted yet. Those of an epoch that is over are forgotten.</summary>
internal sealed class GatheredSuccesses
{
    private readonly Lock _lock = new();
    private long _epoch;
    private long _calls;

    public void Add(long epoch)
    {
        lock (_lock)
        {
            Turn_NeedsLock(epoch);
            if (epoch == _epoch)
                _calls++;
        }
    }

    /// <summary>Takes those of an epoch; none when a newer one has begun.</summary>
    public long Take(long epoch)
    {
        lock (_lock)
        {
            Turn_NeedsLock(epoch);
            return epoch == _epoch ? TakeCalls_NeedsLock() : 0;
        }
    }

    /// <summary>Takes what there is.</summary>
    public (long Epoch, long Calls) Take()
    {
        lock (_lock) return (_epoch, TakeCalls_NeedsLock());
    }

    private long TakeCalls_NeedsLock()
    {
        long calls = _calls;
        _calls = 0;
        return calls;
    }

    private void Turn_NeedsLock(long epoch)
    {
        if (epoch > _epoch)
            (_epoch, _calls) = (epoch, 0);
    }
}
