namespace ApiPoc.Domain.Throttling;

/// <summary>Permits that were charged together and are held for requests to come. Each is taken once, by a request or to be given back.</summary>
/// <param name="decision">The decision that charged them.</param>
/// <param name="permits">How many.</param>
/// <param name="expiresAt">When requests may no longer take them, as a timestamp of the clock.</param>
internal sealed class Lease(AdmissionDecision decision, int permits, long expiresAt)
{
    /// <summary>Smaller leases are followed by the next when they are used up: a trip ahead for each would be a trip for every few requests.</summary>
    private const int Large = 32;

    private readonly int _half = permits >= Large ? permits / 2 : 0;
    private int _left = permits;

    public AdmissionDecision Decision { get; } = decision;

    /// <summary>Whether permits were left when it ended.</summary>
    public bool HadRest { get; private set; }

    public bool IsExpired(long now) => now >= expiresAt;

    /// <summary>Takes one permit.</summary>
    /// <param name="now">The clock's timestamp.</param>
    /// <param name="isTimeForTheNext">Whether this one, and no other, makes the lease half used.</param>
    public bool TryTake(long now, out bool isTimeForTheNext)
    {
        for (int left = Volatile.Read(ref _left); left > 0 && !IsExpired(now); left = Volatile.Read(ref _left))
        {
            isTimeForTheNext = left == _half;
            if (Interlocked.CompareExchange(ref _left, left - 1, left) == left)
                return true;
        }
        return isTimeForTheNext = false;
    }

    /// <summary>Takes all that is left.</summary>
    public int TakeRest()
    {
        int rest = Interlocked.Exchange(ref _left, 0);
        HadRest |= rest > 0;
        return rest;
    }
}
