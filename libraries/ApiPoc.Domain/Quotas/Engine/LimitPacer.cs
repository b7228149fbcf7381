namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>Decides when the next call under one limit may be sent. Pure; times in µs of one clock.</summary>
public static class LimitPacer
{
    /// <summary>How much earlier than the others a window's first call is sent (µs), so that a window that has not opened costs one refusal, not a burst.</summary>
    public const long Lead = 6_000;

    /// <summary>Calls in the air while the size is unproven (twice as many at the very first), and one more for every 12 accepted, so that a wrong size costs a few refusals, not a burst.</summary>
    public const long UnprovenInFlight = 6;

    /// <summary>How far ahead tokens are promised while it is not known whether the limit counts in windows (µs): a test must not race with them.</summary>
    public const long TestHorizon = 5_000;

    /// <summary>The answer: a moment and why, or null and what is waited for.</summary>
    public readonly record struct Slot(long? Moment, PermitPurpose Purpose, long? AskAgainAt, string WaitingFor);

    /// <summary>When the next call may be sent.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="now">Now.</param>
    /// <param name="latency">How long a call takes, for sizing the unproven ramp.</param>
    /// <param name="kept">How many places are kept for others.</param>
    public static Slot Next(LimitState limit, long now, long latency, long kept = 0)
    {
        if (limit.IsRefuted) return new Slot(now, PermitPurpose.Use, null, "");
        if (limit.Search is not null) return LimitSearch.Next(limit, now);
        var mayTest = MayTestWindows(limit);
        var refinement = LimitSearch.NextRefinement(limit);
        var horizon = mayTest || IsGrowthOverdue(limit) || (limit.IsTold && refinement is not null) ? TestHorizon : limit.IsShared ? OtherClients.Horizon(limit, latency) : QuotaRules.Horizon;
        limit.Log.Advance(now);
        if (!limit.IsVerified && limit.Log.InFlight >= UnprovenCap(limit, latency))
            return Awaiting(limit, now, latency, null, $"{limit.Name}: size being verified");
        if (!limit.IsPhaseSure && limit.Log.InFlight >= UnsurePhaseCap(limit, now, latency) && !(limit.Log.NextMoment(limit.Size, now) <= now) && DoubtedOpening.Room(limit, now) <= 0)
            return Awaiting(limit, now, latency, null, $"{limit.Name}: where its windows begin");
        if (limit is { OpensAlone: true, Window.Current: { Accepted: 0, InFlight: > 0 } } && (limit.FollowsWindows || !limit.IsVerified))
            return Awaiting(limit, now, latency, null, $"{limit.Name}: whether a window has opened");
        if (OtherClients.Cap(limit, now) is { } cap && limit.Window.Current!.InFlight >= cap)
            return Awaiting(limit, now, latency, limit.Window.EndOf(limit.Window.Current, limit.Period) + limit.Guard, $"{limit.Name}: shared with another client");

        var byLog = Spread(limit, limit.Log.NextMoment(limit.Size - kept, now), now, latency);
        // Where windows begin is tested by calls that the one before may have used the room of.
        var carried = limit.IsPhaseSure ? limit.Window.CarriedAt(now, limit.Period) : 0;
        var byWindow = Spread(limit, limit.Window.NextMoment(limit.Size - kept - carried, limit.Period, limit.Guard, now), now, latency);
        // What others have used is in the windows alone.
        var moment = limit.FollowsWindows || (limit.IsShared && !(byWindow <= byLog)) ? byWindow : byLog;

        if (moment <= now + horizon) return new Slot(moment, PermitPurpose.Use, null, "");
        if (mayTest && byWindow <= now + horizon)
            return new Slot(byWindow, PermitPurpose.TestWindows, null, "");
        if (refinement <= now) return new Slot(now, PermitPurpose.TestPeriod, null, "");
        if (kept == 0 && MayTestSize(limit, now, latency)) return new Slot(now, PermitPurpose.TestSize, null, "");
        var next = mayTest && byWindow is not null && !(byLog < byWindow) ? byWindow : moment;
        // Half a horizon ahead a whole burst can be granted in one ask.
        var askAgain = next - (horizon / 2);
        var growth = IsGrowthDue(limit) && limit.Log.InFlight > 0 ? now + latency : long.MaxValue;
        var again = Math.Min(growth, Math.Min(refinement ?? long.MaxValue, askAgain ?? now + latency));
        return moment is null ? Awaiting(limit, now, latency, again, limit.Name) : new Slot(null, default, again, limit.Name);
    }

    /// <summary>
    /// Further calls wait for answers. Where these should have come long ago, whoever was to make the calls may have gone: one more call finds out,
    /// for with its answer they are taken for lost. It is within the limit whatever became of them: they were counted longer ago than a period.
    /// </summary>
    private static Slot Awaiting(LimitState limit, long now, long latency, long? askAgainAt, string waitingFor) =>
        limit.Log.InFlight > 0 && limit.LastMoment + Math.Max(QuotaRules.AnsweredWithin(latency), QuotaRules.SendWithin + limit.Period) <= now
            ? new Slot(now, PermitPurpose.Use, null, "")
            : new Slot(null, default, askAgainAt, waitingFor);

    /// <summary>Charges the limit for a call that is sent at <paramref name="moment"/>: at the slot, or later for other limits' sake.</summary>
    public static LimitCharge Take(LimitState limit, int index, Slot slot, long moment)
    {
        limit.Log.Take(limit.Size, slot.Purpose is not PermitPurpose.Use);
        var window = limit.Window.Take(moment, limit.Period, limit.Guard);
        if (slot.Purpose is PermitPurpose.TestWindows)
        {
            limit.Testing++;
            limit.LastTestAt = moment;
        }

        if (slot.Purpose is PermitPurpose.TestSize) limit.Growing++;
        limit.LastMoment = slot.Moment!.Value;
        return new LimitCharge(index, window.Id, ++window.LastOrdinal, slot.Purpose);
    }

    /// <summary>Whether the next answer is worth being told at once: it lets further calls go.</summary>
    public static bool IsHeldBack(LimitState limit, long latency) =>
        !limit.IsRefuted && IsAnswerAwaited(limit, latency);

    private static bool IsAnswerAwaited(LimitState limit, long latency) =>
        limit.Search is not null || limit.OpensAlone || OtherClients.LeaveRoom(limit) || limit.Testing >= limit.TestStep || limit.Growing >= limit.GrowthStep
        || (!limit.IsVerified && 2 * limit.Log.InFlight >= UnprovenCap(limit, latency))
        || (!limit.IsPhaseSure && limit.Log.Available(limit.Size) <= 0 && 2 * limit.Log.InFlight >= UnsurePhaseCap(limit, limit.LastAnsweredAt, latency));

    private static long UnprovenCap(LimitState limit, long latency)
    {
        // A limit of less than a fifth of what was declared is rare: the very first calls need less caution.
        var eager = Math.Max(0, Math.Min(UnprovenInFlight, limit.Size / 5) - limit.AcceptedSinceGrowth);
        return Math.Max(UnprovenInFlight + eager + (limit.AcceptedSinceGrowth / 12), 2 * limit.Size * latency / limit.Period);
    }

    /// <summary>Few enough that a wrong belief of where windows begin costs little, enough to use up a window in half its time.</summary>
    private static long UnsurePhaseCap(LimitState limit, long now, long latency) =>
        Math.Max(Math.Max(2, limit.Size / 25), 2 * limit.Size * latency / limit.Period) + DoubtedOpening.MoreTests(limit, now);

    /// <summary>Spreads a burst over a few milliseconds, behind the call that opens a window, so that a wrong belief is found out before all of it is sent.</summary>
    private static long? Spread(LimitState limit, long? moment, long now, long latency)
    {
        if (moment is not { } at) return null;
        // Where the first answers of a window tell the size, most of it is sent after they have come.
        var span = limit.IsTold ? Math.Min(limit.Period / 10, 2 * latency) : Math.Min(limit.Period / 20, Math.Max(latency, Lead));
        var spread = Math.Max(at, limit.LastMoment + (span / Math.Max(1, limit.Size)));
        var isBehindOpener = limit.FollowsWindows && limit.Window.Current is { Accepted: 0, LastOrdinal: > 0 } window
            && !limit.Window.HasEnded(limit.Period, limit.Guard, now) && at == Math.Max(now, window.StartsAt);
        return isBehindOpener ? Math.Max(spread, limit.Window.Current!.StartsAt + Lead) : spread;
    }

    /// <summary>So many calls after the last test the windows may be tested: a test may fail because it came too early, so it is repeated, after four times as many each time.</summary>
    public static double TestDue(LimitState limit) => limit.FailedTests == 0 ? 0 : limit.Size * Math.Pow(4, limit.FailedTests) / 2;

    private static bool MayTestWindows(LimitState limit) =>
        limit is { Shape: LimitShape.Unknown, IsVerified: true, IsShared: false } && limit.Testing < limit.TestStep && limit.AcceptedSinceTest >= TestDue(limit);

    private static bool MayTestSize(LimitState limit, long now, long latency)
    {
        if (!IsGrowthDue(limit) || limit.Growing >= limit.GrowthStep || limit.Size + limit.Growing >= limit.DeclaredSize) return false;
        // Only when everything granted has been answered: a test must not take the token of a call that is still to leave.
        return limit.Log.InFlight == limit.Growing && limit.Window.Current is { } window
            && limit.Window.EndOf(window, limit.Period) > now + (2 * latency);
    }

    /// <summary>Calls follow each other so closely that there is always one in the air: nothing is granted ahead until the size has been tested.</summary>
    private static bool IsGrowthOverdue(LimitState limit) => IsGrowthDue(limit) && limit.AcceptedSinceGrowth >= 2 * limit.GrowthInterval;

    private static bool IsGrowthDue(LimitState limit)
    {
        return limit is { IsVerified: true, IsTold: false, IsPaced: false } && limit.AcceptedSinceGrowth >= limit.GrowthInterval && (limit.DeclaredSize is not { } declared || limit.Size < declared);
    }
}
