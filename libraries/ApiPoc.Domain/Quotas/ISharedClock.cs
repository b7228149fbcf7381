namespace ApiPoc.Domain.Quotas;

/// <summary>
/// The time all processes that share a quota agree on, whatever their own clocks say: the quota store's. Learned from what the store answers;
/// until then it is this machine's.
/// </summary>
public interface ISharedClock
{
    /// <summary>The time now (µs since 1970).</summary>
    long Now { get; }

    /// <summary>This process's time for a shared one (µs since 1970).</summary>
    DateTimeOffset ToLocal(long shared);

    /// <summary>The shared time (µs since 1970) for one of this process.</summary>
    long ToShared(DateTimeOffset local);
}
