namespace ApiPoc.Simulation;

/// <summary>When a process stands still: nothing it had to do meanwhile happens before it goes on.</summary>
internal sealed class Stalls
{
    private readonly List<(long From, long To)> _stalls = [];

    /// <param name="noise">How often and for how long.</param>
    /// <param name="random">Decides.</param>
    /// <param name="start">The start of the run (µs).</param>
    public Stalls(Noise noise, Random random, long start)
    {
        var (every, atMost) = noise.Stalls;
        if (every == 0) return;
        for (var at = start + random.Next(every); _stalls.Count < 1_000; at += random.Next(2 * every))
        {
            _stalls.Add((at, at + random.Next(atMost)));
            at = _stalls[^1].To;
        }
    }

    /// <summary>When something due at a moment happens (µs).</summary>
    public long Awake(long at) => _stalls.Find(stall => stall.From <= at && at < stall.To) is { To: > 0 } stall ? stall.To : at;
}
