using System.Collections.Concurrent;
using ApiPoc.Gateway.ApiKeys;
using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Usage;

/// <summary>
/// Counts the requests each key made per day, for people to look at. The quota itself is decided elsewhere, by the admission; these
/// counts are added up in Redis a moment later.
/// </summary>
internal sealed class UsageRecorder(TimeProvider clock)
{
    private readonly ConcurrentDictionary<UsageDay, Box> _counts = new();

    /// <summary>How many keys' days are remembered: of keys used in the last days, not of all since the start.</summary>
    public int Remembered => _counts.Count;

    /// <summary>An admitted request of <paramref name="access"/>.</summary>
    public void Record(KeyAccess access, BehaviourDefinition behaviour)
    {
        var day = DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(behaviour.QuotaUtcOffset).DateTime);
        var box = _counts.GetOrAdd(new UsageDay(access.Plan.Id, access.Key.Id, day), static _ => new Box());
        Interlocked.Increment(ref box.Count);
    }

    /// <summary>Takes what has been counted since the last time.</summary>
    public IReadOnlyList<(UsageDay Day, long Count)> Take()
    {
        // An entry that was removed while a request counted would lose it, so those stay to which one may still be counting.
        var over = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-2);
        var taken = new List<(UsageDay, long)>();
        foreach (var (day, box) in _counts)
        {
            long count = Interlocked.Exchange(ref box.Count, 0);
            if (count > 0)
                taken.Add((day, count));
            else if (day.Day < over)
                _counts.TryRemove(new(day, box));
        }
        return taken;
    }

    /// <summary>Gives back what could not be added up.</summary>
    public void PutBack(IEnumerable<(UsageDay Day, long Count)> counts)
    {
        foreach (var (day, count) in counts)
            Interlocked.Add(ref _counts.GetOrAdd(day, static _ => new Box()).Count, count);
    }

    private sealed class Box
    {
        public long Count;
    }
}

/// <summary>One key's day in one plan.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="KeyId">The key.</param>
/// <param name="Day">The day, in the zone in which quota periods begin.</param>
internal readonly record struct UsageDay(string PlanId, string KeyId, DateOnly Day);
