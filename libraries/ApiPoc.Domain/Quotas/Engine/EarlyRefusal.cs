namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>A call was refused because it came too early: it is no matter of size. Pure; times in µs of one clock.</summary>
internal static class EarlyRefusal
{
    /// <summary>More refusals than this, one after the other, are not a matter of timing.</summary>
    private const int MostEarlyRefusals = 3;

    /// <summary>A window the first call of which was refused has opened before it is tried again so often, or it is of another size; whatever was on its way with that call is as early.</summary>
    private const int MostTimesEarly = 16;

    /// <summary>The first calls of a window the size of which is proven: it had not opened yet, or a sliding token was not yet free. Where only the first was, the window is noted as early.</summary>
    public static bool TryTake(LimitState limit, QuotaWindow? window, LimitCharge charge)
    {
        if (!limit.IsVerified || window is null || limit.Window.Windows[0] == window) return false;
        // Those on their way when the first was refused are as early.
        window.IsEarly |= charge.Ordinal == 1 || TryReopen(limit, window, charge);
        limit.OpensAlone |= window is { Accepted: 0, IsEarly: true };
        // One of them that was answered sooner may have made the size smaller.
        if (window is { Accepted: 0, IsEarly: true, SizeBefore: { } before }) (limit.Size, window.HasShrunk, window.ShrunkAt) = (Math.Max(limit.Size, before), false, null);
        return (window is { Accepted: 0, IsEarly: true } && limit.EarlyRefusals <= MostTimesEarly) || (!limit.FollowsWindows && limit.EarlyRefusals < MostEarlyRefusals);
    }

    /// <summary>It is tried again a little later.</summary>
    /// <returns>When (µs).</returns>
    public static long Later(LimitState limit, QuotaWindow? window, long moment, long answeredAt)
    {
        if (moment >= limit.EarlyRefusedAt)
        {
            // Whatever the reason, it is tried again a little later, and ever later when that does not help.
            if (limit.EarlyRefusals < MostEarlyRefusals) limit.Guard = Math.Min(limit.Period / 8, (limit.Guard * 5 / 4) + 1_000);
            limit.EarlyRefusedAt = answeredAt;
            limit.EarlyRefusals++;
        }

        var again = answeredAt + Math.Min(limit.Period / 2, limit.Guard << Math.Clamp(limit.EarlyRefusals - 1, 0, MostTimesEarly));
        if (!limit.FollowsWindows)
        {
            limit.Log.Occupy(1, again, limit.Grain);
            return Math.Max(again, limit.RoomAt(answeredAt) ?? again);
        }

        if (window is { Accepted: 0 }) window.StartsAt = Math.Max(window.StartsAt, again);
        return again;
    }

    /// <summary>
    /// Refused although none of our calls was counted within a period: that is no matter of size, whatever the refusals before made of it. A clock was
    /// set, or others have used it up; a single call finds out when that is over.
    /// </summary>
    public static long LaterAlone(LimitState limit, QuotaWindow? window, long moment, long answeredAt)
    {
        (limit.Size, limit.IsVerified, limit.OpensAlone) = (window?.SizeBefore ?? limit.Size, false, true);
        if (window is not null) (window.HasShrunk, window.ShrunkAt) = (false, null);
        return Later(limit, window, moment, answeredAt);
    }

    /// <summary>After full windows, one that refuses when hardly any call was accepted had not opened: these few were counted in the one before.</summary>
    private static bool TryReopen(LimitState limit, QuotaWindow window, LimitCharge charge)
    {
        if (!limit.FollowsWindows || limit.FullWindows <= 1 || window.Refused > 1 || charge.Ordinal > limit.Size / 8) return false;
        limit.NearMisses++;
        if (limit.NearMisses > 1) return false;
        window.Reopen();
        return true;
    }
}
