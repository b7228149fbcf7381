using System.Text.Json.Serialization;

namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>One window of a limit, as we believe it to be.</summary>
public sealed class QuotaWindow
{
    /// <summary>Names the window in permits.</summary>
    public long Id { get; init; }

    /// <summary>When its first call may be sent (µs).</summary>
    public long StartsAt { get; set; }

    /// <summary>An upper bound of when the API counted its first call (µs); null until one was accepted.</summary>
    public long? OpenedAt { get; set; }

    /// <summary>A lower bound of when it opened (µs): of when the API counted its first call, or before that where it may have opened earlier; null until one was accepted.</summary>
    public long? OpenedNotBefore { get; set; }

    /// <summary>Of the accepted calls, those that may have been counted after its end: the next window may have had to pay for them.</summary>
    public long Late { get; set; }

    /// <summary>The first call it had no room for any more, so that the next window has opened with it: sent, and counted at the latest (µs).</summary>
    public QuotaWindowOpening? Next { get; set; }

    /// <summary>An upper bound of when it ends, as told by headers (µs); null when none did.</summary>
    public long? EndsAt { get; set; }

    /// <summary>Our calls granted in it and not returned.</summary>
    public long Granted { get; set; }

    /// <summary>The place of the last call granted in it, returned ones included.</summary>
    public long LastOrdinal { get; set; }

    /// <summary>Our calls the API accepted in it.</summary>
    public long Accepted { get; set; }

    /// <summary>Of the accepted calls, those beyond the size that was believed then.</summary>
    public long Tests { get; set; }

    /// <summary>The first of these: sent, and counted at the latest (µs).</summary>
    public QuotaWindowOpening? Tested { get; set; }

    /// <summary>Our calls in it of which nobody knows whether they were sent.</summary>
    public long Lost { get; set; }

    /// <summary>Our calls the API refused in it.</summary>
    public long Refused { get; set; }

    /// <summary>The newest answer that refused a call in it (µs); null when none was.</summary>
    public long? RefusedAt { get; set; }

    /// <summary>Whether a refusal in it has made the size smaller; those already on their way were refused for the same reason.</summary>
    public bool HasShrunk { get; set; }

    /// <summary>When the first such refusal was answered that can only have been for the window's size, as far as is known (µs); null when none was.</summary>
    public long? ShrunkAt { get; set; }

    /// <summary>The size believed before a refusal in it made it smaller; null when none has.</summary>
    public long? SizeBefore { get; set; }

    /// <summary>Whether its first call was refused, so that it was not open yet.</summary>
    public bool IsEarly { get; set; }

    /// <summary>Our calls in it that were not answered yet.</summary>
    [JsonIgnore]
    public long InFlight => Granted - Accepted - Lost;

    /// <summary>Calls that the window after this one may have to pay for, once this one has ended.</summary>
    [JsonIgnore]
    public long Overhang => Late + InFlight;

    /// <summary>Its accepted calls turn out to have been counted in the one before.</summary>
    public void Reopen() => (Granted, Accepted, OpenedAt, OpenedNotBefore) = (Granted - Accepted, 0, null, null);

    /// <summary>The least the API said was left in it; null while it said nothing.</summary>
    public long? Remaining { get; set; }

    /// <summary>Calls of others, as far as the API's headers betray them.</summary>
    public long Foreign { get; set; }
}

/// <summary>When a window opened.</summary>
/// <param name="NotBefore">A lower bound (µs).</param>
/// <param name="At">An upper bound (µs).</param>
public sealed record QuotaWindowOpening(long NotBefore, long At);
