namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>A granted permit whose call has not been reported.</summary>
public sealed record OutstandingPermit
{
    /// <summary>Names the permit.</summary>
    public required long Id { get; init; }

    /// <summary>The limits it charges, by position, each with the window it was granted in.</summary>
    public required List<LimitCharge> Charges { get; init; }

    /// <summary>When its call may be sent (µs).</summary>
    public required long Moment { get; init; }

    /// <summary>When it is taken for used although nothing was reported (µs).</summary>
    public required long ExpiresAt { get; init; }
}

/// <summary>One limit charged by a permit.</summary>
/// <param name="Limit">The limit's position among the API's limits.</param>
/// <param name="Window">The window it was granted in.</param>
/// <param name="Ordinal">Its place among the window's calls, from 1: the first opens the window.</param>
/// <param name="Purpose">Why it was granted.</param>
public readonly record struct LimitCharge(int Limit, long Window, long Ordinal, PermitPurpose Purpose);

/// <summary>Why a permit was granted.</summary>
public enum PermitPurpose
{
    /// <summary>The limit had a token.</summary>
    Use,

    /// <summary>To learn whether the limit counts in windows.</summary>
    TestWindows,

    /// <summary>To learn whether the limit is larger than believed.</summary>
    TestSize,

    /// <summary>To learn when the period ends.</summary>
    TestPeriod,
}
