using System.Text.Json.Serialization;

namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>
/// What all processes believe of one limit of an API. Two beliefs run side by side: a log, which obeys every way of
/// counting, and windows, which lose less time. The windows are followed once an experiment has shown that they hold.
/// </summary>
public sealed class LimitState
{
    /// <summary>The limit's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whose calls alone charge it; null where everybody's do.</summary>
    public string? Tenant { get; init; }

    /// <summary>What was declared, in requests; null when nothing was.</summary>
    public long? DeclaredSize { get; init; }

    /// <summary>Requests per period as believed now.</summary>
    public long Size { get; set; }

    /// <summary>Whether a 429, a header or a whole period of use has confirmed <see cref="Size"/>.</summary>
    public bool IsVerified { get; set; }

    /// <summary>The period as believed now (µs).</summary>
    public long Period { get; set; }

    /// <summary>Set while nothing is known of the limit.</summary>
    public SearchState? Search { get; set; }

    /// <summary>What a learned period is longer than (µs); 0 when it was declared.</summary>
    public long PeriodAtLeast { get; set; }

    /// <summary>Whether it was asked if a window ends at a round moment of the clock, or when the API said.</summary>
    public bool IsClockAsked { get; set; }

    /// <summary>When Retry-After said that there will be room, rounded up to whole seconds (µs).</summary>
    public long? ToldAt { get; set; }

    /// <summary>How the API counts, as believed now.</summary>
    public LimitShape Shape { get; set; }

    /// <summary>How long after a token should be free we wait (µs): grows when we came too early.</summary>
    public long Guard { get; set; } = DefaultGuard;

    /// <summary>The belief that always holds.</summary>
    public TokenLog Log { get; init; } = new();

    /// <summary>The belief that loses less.</summary>
    public WindowLog Window { get; init; } = new();

    /// <summary>Accepted calls of the last period, by a lower bound of when each was counted (µs, floored to the grain).</summary>
    public SortedList<long, long> Counted { get; init; } = [];

    /// <summary>When the newest granted call may be sent as far as this limit goes (µs).</summary>
    public long LastMoment { get; set; }

    /// <summary>The newest answer (µs).</summary>
    public long LastAnsweredAt { get; set; }

    /// <summary>Calls in the air that test the windows.</summary>
    public long Testing { get; set; }

    /// <summary>When the last such call was to be sent (µs).</summary>
    public long LastTestAt { get; set; } = long.MinValue / 2;

    /// <summary>How many calls may test the windows at once: 1, then doubling while they are accepted.</summary>
    public long TestStep { get; set; } = 1;

    /// <summary>Windows in a row that were used up without a refusal: how much the windows can be trusted.</summary>
    public int FullWindows { get; set; }

    /// <summary>The window in which windows were first followed: it may have begun at any time since one call more than the size was counted.</summary>
    public long? FollowedIn { get; set; }

    /// <summary>Windows used up without a refusal since windows were taken for found.</summary>
    public int WindowsUsedUp { get; set; }

    /// <summary>When a refusal told where the windows begin (µs): calls that were to leave before teach nothing more of it.</summary>
    public long PhaseFoundAt { get; set; } = long.MinValue;

    /// <summary>Whether a window's first call is to be accepted before others are sent: it is not well known when the next window opens.</summary>
    public bool OpensAlone { get; set; }

    /// <summary>Windows in a row that were refused a little short of the size.</summary>
    public int NearMisses { get; set; }

    /// <summary>Tests of the windows that failed.</summary>
    public int FailedTests { get; set; }

    /// <summary>When the last of them failed (µs): calls that were to leave before belong to the same test.</summary>
    public long TestFailedAt { get; set; } = long.MinValue;

    /// <summary>Calls accepted since the windows were last tested in vain.</summary>
    public long AcceptedSinceTest { get; set; }

    /// <summary>Refusals taken for matters of timing, one after the other: no call sent since the last of them was accepted.</summary>
    public int EarlyRefusals { get; set; }

    /// <summary>When the last of them was answered (µs): calls that were to leave before teach nothing more of timing.</summary>
    public long EarlyRefusedAt { get; set; }

    /// <summary>Since when calls are counted that are let through (µs): since a refusal, and as long as others wait; null while none are.</summary>
    public long? RefusedSince { get; set; }

    /// <summary>Calls accepted since then.</summary>
    public long AcceptedSinceRefusal { get; set; }

    /// <summary>After so many calls accepted in a row a pace is made a little faster.</summary>
    public long PaceInterval { get; set; }

    /// <summary>Whether its rate was found by what it lets through, as that of a token bucket.</summary>
    public bool IsPaced { get; set; }

    /// <summary>How often lately the size was made smaller without knowing the windows.</summary>
    public int Doubts { get; set; }

    /// <summary>Calls accepted since the size was last tested from below.</summary>
    public long AcceptedSinceGrowth { get; set; }

    /// <summary>Calls to accept before the size is tested from below again.</summary>
    public long GrowthInterval { get; set; } = FirstGrowthInterval;

    /// <summary>How many calls beyond <see cref="Size"/> may be in the air to test it: 1, then doubling while they are accepted.</summary>
    public long GrowthStep { get; set; } = 1;

    /// <summary>Calls beyond <see cref="Size"/> now in the air.</summary>
    public long Growing { get; set; }

    /// <summary>Whether another client was lately seen to use the same quota.</summary>
    [JsonIgnore]
    public bool IsShared => Window.Windows.Exists(window => window.Foreign > 0);

    /// <summary>Whether the API names its policies and none of them is this one: then it does not exist.</summary>
    public bool IsRefuted { get; set; }

    /// <summary>Whether headers tell the size: then nothing needs to be tested.</summary>
    public bool IsTold { get; set; }

    /// <summary>The first guard: what scheduling and the network vary by on a quiet machine.</summary>
    public const long DefaultGuard = 1_000;

    /// <summary>What APIs tell of times is rounded up to this (µs).</summary>
    public const long WholeSecond = 1_000_000;

    /// <summary>One call in 150 is spent on learning whether more is allowed, as a rule; more where the size was made much smaller.</summary>
    public const long FirstGrowthInterval = 150;

    /// <summary>
    /// Windows were seen to hold: they are followed from now on, though where they begin is still to be proven. One that was seen to open where the clock
    /// says, or where it was expected to after the clock was asked in vain, has most likely begun there; any other may have begun long before.
    /// </summary>
    /// <param name="window">In which window that was seen.</param>
    /// <param name="seenAt">When (µs).</param>
    public void FollowWindows(QuotaWindow window, long seenAt)
    {
        (Shape, FullWindows, FollowedIn) = (LimitShape.Window, 0, null);
        var opened = window.OpenedAt ?? window.StartsAt;
        if ((IsClockAsked || opened % Period <= Period / 10) && seenAt - opened <= Period / 4) return;
        (FollowedIn, window.OpenedNotBefore) = (window.Id, null);
    }

    /// <summary>Accepted calls that the API may have counted within the period before a moment (µs), and those on their way.</summary>
    public long CountedBefore(long moment) => AcceptedBefore(moment) + Log.InFlight;

    /// <summary>Accepted calls that the API may have counted within the period before a moment (µs).</summary>
    public long AcceptedBefore(long moment) => CountedWithin(moment).Sum(entry => entry.Value);

    /// <summary>Accepted calls that the API surely counted after a moment (µs), as far back as a period.</summary>
    public long AcceptedSince(long moment) => Counted.Where(entry => entry.Key > moment).Sum(entry => entry.Value);

    /// <summary>A lower bound of when the newest but so many accepted calls was counted (µs), 1 for the newest; null where not as many are remembered.</summary>
    public long? NotBeforeOf(long newest) => Counted.MomentOfNewest(newest);

    /// <summary>When the token of a call counted at a moment is free again (µs): by the log every call can come too early, by the windows only the first.</summary>
    public long FreeAgainAt(long countedAt) => countedAt + Period + (2 * Guard);

    /// <summary>Has the log start over from what was surely counted.</summary>
    public void RebuildLog(long now) => Log.Rebuild(Counted, Period + Guard + (2 * Grain), Size, now);

    /// <summary>When one more call than those counted fits into a period, by the calls that were accepted alone (µs); null when it does already.</summary>
    public long? RoomAt(long now)
    {
        var counted = CountedWithin(now).ToList();
        var surplus = counted.Sum(entry => entry.Value) - Size + 1;
        foreach (var (at, count) in counted)
        {
            if (surplus <= 0) break;
            surplus -= count;
            if (surplus <= 0) return at + Period + Guard;
        }

        return null;
    }

    /// <summary>The log's resolution: 1 ms, or 1/1024 of a long period.</summary>
    [JsonIgnore]
    public long Grain => Math.Max(1_000, Period / 1024);

    /// <summary>Whether windows are trusted.</summary>
    [JsonIgnore]
    public bool FollowsWindows => Shape is LimitShape.Window or LimitShape.AlignedWindow;

    /// <summary>Whether it is also known where they begin: a whole window was used up without a refusal, or the API told.</summary>
    [JsonIgnore]
    public bool IsPhaseSure => !FollowsWindows || FullWindows > 0 || IsTold || Window.Anchor is not null;

    /// <summary>Whether it is known how the API counts, or at least that it does not count in windows.</summary>
    [JsonIgnore]
    public bool IsSettled => IsRefuted || (IsVerified && (FollowsWindows ? IsPhaseSure : Shape is not LimitShape.Unknown || FailedTests > 0));

    private IEnumerable<KeyValuePair<long, long>> CountedWithin(long moment) => Counted.Where(entry => entry.Key > moment - Period - Guard);
}
