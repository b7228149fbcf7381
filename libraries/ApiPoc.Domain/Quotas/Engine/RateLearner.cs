namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>
/// Finds the rate of a limit nobody declared and that does not count in windows. A search takes a token bucket, which gives back one token after the
/// other, for a log of a short period: it cannot see the end of a period that there is not. But whatever it is, between two refusals it has let
/// through what it allows in that time, or less where calls were held back meanwhile. So the rate is between that and the one refused, and is
/// approached from below. Pure; times in µs of one clock.
/// </summary>
public static class RateLearner
{
    /// <summary>So many calls between two refusals tell the rate.</summary>
    private const int Enough = 5;

    /// <summary>What was let through is this much below what is allowed, at least.</summary>
    private const double HeldBack = 1.8;

    /// <summary>Where refusals are so many periods apart, it is not them that hold calls back.</summary>
    private const int MostPeriods = 16;

    /// <summary>A pace that is refused, or that was not for long, is changed by this.</summary>
    private const double Step = 1.04;

    /// <summary>A pace that is too fast is refused some ten times before it is slow enough again.</summary>
    private const long LongestInterval = 300;

    /// <summary>A call that was to leave at <paramref name="moment"/> was refused.</summary>
    /// <returns>Until when nothing should be sent (µs); null where the limit has no rate of its own, or too little is known of it.</returns>
    public static long? Refused(LimitState limit, long moment, long answeredAt)
    {
        if (limit is not { DeclaredSize: null, IsTold: false, FollowsWindows: false }) return null;
        if (limit.IsPaced && moment < limit.RefusedSince) return Next(limit, answeredAt);
        var (since, accepted) = (limit.RefusedSince, limit.AcceptedSinceRefusal);
        if (answeredAt - since > MostPeriods * limit.Period) since = null;
        if (since is not null && accepted < Enough && !limit.IsPaced) return null;
        (limit.RefusedSince, limit.AcceptedSinceRefusal) = (answeredAt, 0);
        var period = since is { } begun && accepted >= Enough ? (answeredAt - begun) * limit.Size / (accepted * HeldBack) : 0;
        if (period <= limit.Period && !limit.IsPaced) return null;

        limit.PaceInterval = limit.IsPaced ? Math.Min(limit.PaceInterval * 2, LongestInterval) : FirstInterval(limit);
        limit.Period = (long)Math.Max(period, limit.Period * Step);
        (limit.IsPaced, limit.Shape) = (true, LimitShape.SlidingLog);
        limit.Guard = LimitState.DefaultGuard;
        limit.Log.Empty(limit.Size, limit.Period, answeredAt, limit.Grain);
        return Next(limit, answeredAt);
    }

    /// <summary>A call was accepted: of many in a row a bucket keeps what they leave, so the next may follow sooner.</summary>
    public static void Accepted(LimitState limit)
    {
        limit.AcceptedSinceRefusal++;
        if (limit is not { IsPaced: true, IsTold: false } || limit.AcceptedSinceRefusal % limit.PaceInterval != 0) return;
        limit.Period = Math.Max(LimitSearch.ShortestWait, (long)(limit.Period / Step));
        // The longer none is refused, the more may be missing.
        limit.PaceInterval = Math.Max(FirstInterval(limit), limit.PaceInterval * 3 / 4);
    }

    /// <summary>Nobody waits for the limit: what it lets through is no longer what it allows.</summary>
    public static void NobodyWaits(LimitState limit)
    {
        if (!limit.IsPaced) limit.RefusedSince = null;
    }

    private static long FirstInterval(LimitState limit) => Math.Max(limit.Size / 4, Enough);

    private static long Next(LimitState limit, long answeredAt) => answeredAt + (limit.Period / limit.Size);
}
