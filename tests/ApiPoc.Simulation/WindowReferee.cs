using ApiPoc.Domain.Quotas;

namespace ApiPoc.Simulation;

/// <summary>Fixed windows, by the clock or opening at the first call after the last one ended; another client may use a part of each.</summary>
public sealed class WindowReferee(SizeOverTime size, long period, bool isByClock, RefereeHeaders headers, double foreignShare = 0, Random? random = null) : Referee
{
    private readonly List<long> _foreign = [];
    private long _opened = long.MinValue / 2;
    private long _used;

    /// <summary>So many calls others had made in the window that the first call met, and how much longer it lasted (µs); none by default.</summary>
    public (long Calls, long Lasts) UsedBefore { get; init; }

    public override bool TryAccept(string resource, long now)
    {
        Roll(now);
        Foreign(now);
        if (_used >= size.At(now)) return false;
        _used++;
        return true;
    }

    public override QuotaHeaders HeadersAt(bool isAccepted, long now)
    {
        var reset = TimeSpan.FromSeconds(Math.Ceiling(Math.Max(1, _opened + period - now) / 1e6));
        return headers switch
        {
            RefereeHeaders.RateLimit => new QuotaHeaders(size.At(now), null, Math.Max(0, size.At(now) - _used), reset, isAccepted ? null : reset),
            RefereeHeaders.Policy => QuotaHeaders.None with
            {
                Policies = [new("api", size.At(now), TimeSpan.FromSeconds(Math.Ceiling(period / 1e6)), Math.Max(0, size.At(now) - _used), reset)],
                RetryAfter = isAccepted ? null : reset,
            },
            RefereeHeaders.RetryAfter when !isAccepted => QuotaHeaders.None with { RetryAfter = reset },
            _ => QuotaHeaders.None,
        };
    }

    public override double OptimalTime(int jobs, long start)
    {
        var time = start;
        var end = UsedBefore.Calls > 0 ? start + UsedBefore.Lasts : isByClock ? ((start / period) + 1) * period : start + period;
        for (var left = jobs + UsedBefore.Calls; ; time = end, end += period)
        {
            left -= size.At(time) - (long)Math.Ceiling(foreignShare * size.At(time));
            if (left <= 0) return time - start;
        }
    }

    private void Roll(long now)
    {
        if (_opened < 0 && UsedBefore.Calls > 0) (_opened, _used) = (now + UsedBefore.Lasts - period, UsedBefore.Calls);
        var opened = isByClock ? now / period * period : now - _opened >= period ? now : _opened;
        if (opened == _opened) return;
        _opened = opened;
        _used = 0;
        _foreign.Clear();
        var burst = (long)Math.Ceiling(foreignShare * size.At(now));
        for (var call = 0; call < burst; call++) _foreign.Add(opened + (random?.Next(0, (int)Math.Min(period / 20, 50_000)) ?? 0));
    }

    private void Foreign(long now)
    {
        var due = _foreign.RemoveAll(at => at <= now);
        _used = Math.Min(size.At(now), _used + due);
    }
}
