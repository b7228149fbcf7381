namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>
/// Windows are counted, but the one in which that was seen may have begun long before its first call: at any time since one call more than the size was
/// counted. So some calls of it may be in the next one already; that one is used up by what surely has room, then by tests. Pure; times in µs of one clock.
/// </summary>
public static class DoubtedOpening
{
    /// <summary>For so many calls accepted as tests one more may be in the air.</summary>
    private const long AcceptedPerTest = 8;

    /// <summary>What is left of a size when it turns out smaller is seldom less than such a part.</summary>
    private const long LeastPart = 3;

    /// <summary>Whether it is in doubt when a window opened: windows were first followed in it, or in the one before.</summary>
    public static bool IsDoubted(LimitState limit, QuotaWindow window) => !limit.IsPhaseSure && (window.Id == limit.FollowedIn || IsNext(limit, window));

    /// <summary>
    /// A call was accepted in it: it opened when the one before may have ended, and late enough to have had room for all that was surely counted in it.
    /// </summary>
    public static void Narrow(LimitState limit, QuotaWindow window, long sentAt, long countedAt)
    {
        var other = limit.NotBeforeOf(limit.Size + 1) ?? long.MinValue;
        var before = window.Id == limit.FollowedIn ? other : limit.Window.Find(window.Id - 1)?.OpenedNotBefore + limit.Period;
        var opened = window.OpenedNotBefore ?? Math.Clamp(before ?? long.MinValue, sentAt - limit.Period, sentAt);
        window.OpenedNotBefore = countedAt < opened + limit.Period ? Math.Max(opened, other) : opened;
    }

    /// <summary>The window after the one in which windows were first followed was used up without a refusal: it began with its own calls, and none of them are in the next one.</summary>
    public static void Proven(LimitState limit, QuotaWindow window, long sentAt) =>
        (window.OpenedNotBefore, window.Late) = (Math.Min(sentAt, limit.NotBeforeOf(limit.Size - 1) ?? sentAt), 0);

    /// <summary>
    /// Where a window began was told by counting the size backwards from a refusal, and the next one opened later than that: so did that window, and the
    /// size is what was accepted since, and perhaps a few more, which tests find out. Hardly anything: then it was asked too rarely to tell.
    /// </summary>
    public static void OpenedLater(LimitState limit, long sentAt)
    {
        var accepted = limit.AcceptedSince(sentAt - limit.Period);
        if (accepted < limit.Size / LeastPart) return;
        limit.Size = Math.Clamp(accepted, 1, limit.Size);
        limit.AcceptedSinceGrowth = Math.Max(limit.AcceptedSinceGrowth, limit.GrowthInterval);
    }

    /// <summary>How many more calls surely have room in the window that is or will be open, whenever it has begun; 0 or less: none.</summary>
    public static long Room(LimitState limit, long now)
    {
        if (limit.Window.Current is not { } window) return 0;
        if (limit.Window.HasEnded(limit.Period, limit.Guard, now)) return window.Id == limit.FollowedIn ? limit.Size - window.Overhang : 0;
        return IsNext(limit, window) ? limit.Size - window.Granted - window.Foreign - limit.Window.CarriedAt(now, limit.Period) : 0;
    }

    /// <summary>How many more tests may be in the air, for so many were accepted.</summary>
    public static long MoreTests(LimitState limit, long now)
    {
        if (limit.Window.Current is not { } window || !IsNext(limit, window) || limit.Window.HasEnded(limit.Period, limit.Guard, now)) return 0;
        return Math.Max(0, window.Accepted + limit.Window.CarriedAt(now, limit.Period) - limit.Size) / AcceptedPerTest;
    }

    private static bool IsNext(LimitState limit, QuotaWindow window) => window.Id == limit.FollowedIn + 1;
}
