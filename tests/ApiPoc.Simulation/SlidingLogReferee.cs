using ApiPoc.Domain.Quotas;

namespace ApiPoc.Simulation;

/// <summary>A sliding log: at most so many accepted calls in any period.</summary>
public sealed class SlidingLogReferee(SizeOverTime size, long period, RefereeHeaders headers) : Referee
{
    private readonly Queue<long> _accepted = new();

    public override bool TryAccept(string resource, long now)
    {
        while (_accepted.TryPeek(out var first) && first <= now - period) _accepted.Dequeue();
        if (_accepted.Count >= size.At(now)) return false;
        _accepted.Enqueue(now);
        return true;
    }

    public override QuotaHeaders HeadersAt(bool isAccepted, long now) =>
        headers is RefereeHeaders.RetryAfter && !isAccepted && _accepted.TryPeek(out var first)
            ? QuotaHeaders.None with { RetryAfter = TimeSpan.FromSeconds(Math.Ceiling((first + period - now) / 1e6)) }
            : QuotaHeaders.None;

    public override double OptimalTime(int jobs, long start)
    {
        var time = start;
        for (var left = (long)jobs; (left -= size.At(time)) > 0; time += period)
        {
        }

        return time - start;
    }
}
