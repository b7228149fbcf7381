namespace ApiPoc.Gateway.Definitions;

/// <summary>What <c>gateway.json</c> says: every API, plan, key and alarm this gateway serves. Checked by <see cref="GatewayDefinitionValidator"/>.</summary>
internal sealed record GatewayDefinition
{
    /// <summary>The account's own throttle, over everything.</summary>
    public AccountDefinition Account { get; init; } = new();

    /// <summary>The choices where AWS documents nothing (docs/undocumented-behaviour.md).</summary>
    public BehaviourDefinition Behaviour { get; init; } = new();

    /// <summary>The APIs by id; an id is lower-case letters, digits and hyphens.</summary>
    public Dictionary<string, RestApiDefinition> RestApis { get; init; } = [];

    /// <summary>The usage plans by id.</summary>
    public Dictionary<string, UsagePlanDefinition> UsagePlans { get; init; } = [];

    /// <summary>The API keys by id.</summary>
    public Dictionary<string, ApiKeyDefinition> ApiKeys { get; init; } = [];

    /// <summary>The alarms by name.</summary>
    public Dictionary<string, AlarmDefinition> Alarms { get; init; } = [];
}

/// <summary>The account.</summary>
internal sealed record AccountDefinition
{
    /// <summary>Requests of all APIs together; default 10,000/s, burst 5,000, as a new account has.</summary>
    public ThrottleDefinition Throttle { get; init; } = new() { RateLimit = 10_000, BurstLimit = 5_000 };
}

/// <summary>A token bucket as Amazon API Gateway writes it.</summary>
internal sealed record ThrottleDefinition
{
    /// <summary>Refill in requests per second; above 0, at most 1,000,000.</summary>
    public double RateLimit { get; init; }

    /// <summary>The bucket's size in requests; 1 to 1,000,000.</summary>
    public long BurstLimit { get; init; }

    /// <summary>Counted and reported, not enforced; default false.</summary>
    public bool Shadow { get; init; }
}
