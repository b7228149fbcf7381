namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>Other clients on the same quota, as far as the API's headers betray them: what they leave of a window, and how fast that may be used. Pure; times in µs of one clock.</summary>
public static class OtherClients
{
    /// <summary>They are there, and what they leave of the window has not all been granted.</summary>
    public static bool LeaveRoom(LimitState limit) => limit is { IsShared: true, Window.Current: { } window } && window.Granted + window.Foreign < limit.Size;

    /// <summary>
    /// How many calls may be in the air in the window: half of what the API said is left, or more where the others have taken nearly as much as in the windows before.
    /// Null where that is not limited.
    /// </summary>
    public static long? Cap(LimitState limit, long now)
    {
        if (!LeaveRoom(limit) || limit.Window.HasEnded(limit.Period, limit.Guard, now)) return null;
        var window = limit.Window.Current!;
        if (window.Accepted == 0) return 1;
        return window.Remaining is { } left ? Math.Max((left + 1) / 2, left - Math.Max(0, MayTake(limit) - window.Foreign)) : null;
    }

    /// <summary>How far ahead calls are granted (µs): where others take the same time after time, the next answers hardly change how many may go.</summary>
    public static long Horizon(LimitState limit, long latency) =>
        TakenBefore(limit).ToList() is [_, ..] taken && taken.Max() == taken.Min() ? Math.Max(LimitPacer.TestHorizon, latency / 2) : LimitPacer.TestHorizon;

    /// <summary>How much they may take in a window: as much as they ever did, and as much more as that differed.</summary>
    private static long MayTake(LimitState limit)
    {
        var taken = TakenBefore(limit).DefaultIfEmpty(limit.Size).ToList();
        return (2 * taken.Max()) - taken.Min();
    }

    private static IEnumerable<long> TakenBefore(LimitState limit) => limit.Window.Windows.SkipLast(1).Select(window => window.Foreign);
}
