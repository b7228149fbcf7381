using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.UsagePlans;

/// <summary>A usage plan as it is registered.</summary>
internal sealed record UsagePlan
{
    /// <summary>The id; unique.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>The stages it opens, with buckets for single methods.</summary>
    public List<PlanStageDefinition> ApiStages { get; init; } = [];

    /// <summary>Each key's own bucket over all stages of the plan.</summary>
    public ThrottleDefinition? Throttle { get; init; }

    /// <summary>Each key's requests per period.</summary>
    public QuotaDefinition? Quota { get; init; }

    /// <summary>Counted and reported, not enforced.</summary>
    public bool Shadow { get; init; }

    /// <summary>An AWS Marketplace product; kept for clients.</summary>
    public string? ProductCode { get; init; }

    /// <summary>Tags; kept for clients.</summary>
    public Dictionary<string, string>? Tags { get; init; }
}

/// <summary>A key's membership in a plan.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="KeyId">The key.</param>
/// <param name="AddedAt">When it joined: its first quota period, from which the offset is subtracted, is the one that holds this moment.</param>
internal sealed record UsagePlanKey(string PlanId, string KeyId, DateTimeOffset AddedAt);

/// <summary>A key's quota for one period, when it was changed by hand.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="KeyId">The key.</param>
/// <param name="PeriodStart">The period's first day.</param>
/// <param name="Limit">The requests allowed in that period instead of the plan's.</param>
internal sealed record QuotaAllowance(string PlanId, string KeyId, DateOnly PeriodStart, long Limit);
