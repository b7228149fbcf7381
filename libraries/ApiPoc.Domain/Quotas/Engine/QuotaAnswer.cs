namespace ApiPoc.Domain.Quotas.Engine;

/// <summary>The answer to an ask.</summary>
/// <param name="Grants">What was granted.</param>
/// <param name="Waits">What the requests left over wait for.</param>
/// <param name="AskAgainAt">When asking again can help (µs), if requests were left over.</param>
public sealed record QuotaAnswer(IReadOnlyList<QuotaGrant> Grants, IReadOnlyList<QuotaWait> Waits, long AskAgainAt)
{
    /// <summary>Nothing was asked for.</summary>
    public static QuotaAnswer Nothing { get; } = new([], [], 0);

    /// <summary>What the request waits for that may be granted first; empty when none was left over.</summary>
    public string WaitingFor => Waits.MinBy(wait => wait.AskAgainAt ?? long.MaxValue)?.For ?? "";

    /// <summary>With the moment to ask again: the first that a request waits for, or when the next answer may have come.</summary>
    public static QuotaAnswer Of(IReadOnlyList<QuotaGrant> grants, IReadOnlyList<QuotaWait> waits, long now, long latency) =>
        new(grants, waits, waits.Count == 0 ? now : Math.Max(now + QuotaRules.ShortestWait, waits.Min(wait => wait.AskAgainAt) ?? now + latency));
}

/// <summary>One granted permit.</summary>
/// <param name="PermitId">Its id.</param>
/// <param name="Request">The request's position.</param>
/// <param name="Moment">When it may be sent (µs).</param>
public readonly record struct QuotaGrant(long PermitId, int Request, long Moment);

/// <summary>A request that was left over.</summary>
/// <param name="Request">Its position.</param>
/// <param name="For">The limit it waits for, for people.</param>
/// <param name="AskAgainAt">When asking for it again can help (µs); null when that depends on calls in flight.</param>
/// <param name="IsTenantsOwn">Whether only its tenant waits for that.</param>
public sealed record QuotaWait(int Request, string For, long? AskAgainAt, bool IsTenantsOwn);
