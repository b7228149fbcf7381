namespace ApiPoc.Gateway.Pipeline;

/// <summary>
/// Keeps calls from waiting for a store that has just failed: for a moment nobody asks, then one call finds out whether it is back.
/// </summary>
internal sealed class OutagePause(TimeProvider clock)
{
    private const long None = long.MinValue;
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(200);
    private long _until = None;

    /// <summary>Whether this call may ask.</summary>
    public bool MayAsk()
    {
        long until = Volatile.Read(ref _until);
        if (until == None)
            return true;
        // Whoever moves the end of the pause is the one that asks.
        return clock.GetTimestamp() >= until && Interlocked.CompareExchange(ref _until, Ending(), until) == until;
    }

    /// <summary>The store did not answer.</summary>
    public void Failed() => Volatile.Write(ref _until, Ending());

    /// <summary>The store answered.</summary>
    public void Succeeded()
    {
        if (Volatile.Read(ref _until) != None)
            Volatile.Write(ref _until, None);
    }

    private long Ending() => clock.GetTimestamp() + (long)(Length.TotalSeconds * clock.TimestampFrequency);
}
