using ApiPoc.Domain.Throttling;

namespace ApiPoc.Gateway.Definitions;

/// <summary>A usage plan: what its keys may use, and how fast.</summary>
internal sealed record UsagePlanDefinition
{
    /// <summary>The name; default the id.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>The stages it opens.</summary>
    public List<PlanStageDefinition> ApiStages { get; init; } = [];

    /// <summary>Each key's own bucket over all stages of the plan; none by default.</summary>
    public ThrottleDefinition? Throttle { get; init; }

    /// <summary>Each key's requests per period; unlimited by default.</summary>
    public QuotaDefinition? Quota { get; init; }

    /// <summary>The whole plan is counted and reported, not enforced; default false.</summary>
    public bool Shadow { get; init; }
}

/// <summary>A stage in a plan.</summary>
internal sealed record PlanStageDefinition
{
    /// <summary>The API's id.</summary>
    public string ApiId { get; init; } = "";

    /// <summary>The stage's name.</summary>
    public string Stage { get; init; } = "";

    /// <summary>Each key's bucket for single methods, by <c>{resource path}/{METHOD}</c>; at most 20.</summary>
    public Dictionary<string, ThrottleDefinition> Throttle { get; init; } = [];
}

/// <summary>A quota as Amazon API Gateway writes it.</summary>
internal sealed record QuotaDefinition
{
    /// <summary>Requests per period; at least 1.</summary>
    public long Limit { get; init; }

    /// <summary>Requests subtracted from <see cref="Limit"/> in a key's first period; 0 to below the limit, default 0.</summary>
    public long Offset { get; init; }

    /// <summary>Day, week or month, in UTC unless <see cref="BehaviourDefinition"/> says otherwise.</summary>
    public CalendarPeriod Period { get; init; }

    /// <summary>What a request meets while Redis cannot be asked; <see cref="FailureMode.Local"/> is not possible. Default <see cref="FailureMode.Closed"/>.</summary>
    public FailureMode Failure { get; init; } = FailureMode.Closed;
}

/// <summary>An API key.</summary>
internal sealed record ApiKeyDefinition
{
    /// <summary>The name; default the id.</summary>
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>
    /// The secret: 20 to 128 visible ASCII characters. Outside Development it is refused here and must come from configuration
    /// <c>Gateway:ApiKeys:{id}</c>.
    /// </summary>
    public string? Value { get; init; }

    /// <summary>Whether it opens anything; default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Whether its holder may ask for an explanation (<c>x-apipoc-explain: 1</c>); default false.</summary>
    public bool MayExplain { get; init; }

    /// <summary>The plans it is in.</summary>
    public List<string> UsagePlanIds { get; init; } = [];
}
