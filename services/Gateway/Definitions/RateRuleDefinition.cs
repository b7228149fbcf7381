namespace ApiPoc.Gateway.Definitions;

/// <summary>A rate-based firewall rule: addresses that send more than <see cref="Limit"/> requests within <see cref="Window"/> are blocked until they send less.</summary>
internal sealed record RateRuleDefinition
{
    /// <summary>Its name in metrics; unique in the stage.</summary>
    public string Name { get; init; } = "";

    /// <summary>Requests per window; at least 10.</summary>
    public long Limit { get; init; }

    /// <summary>The look-back: 1, 2, 5 or 10 min; default 5 min.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How late an excess is noticed, as it is in AWS; 0 to 2 min, default 10 s.</summary>
    public TimeSpan DetectionDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whose rate it is; default <see cref="RateAggregation.Ip"/>.</summary>
    public RateAggregation AggregateBy { get; init; } = RateAggregation.Ip;

    /// <summary>The header of <see cref="RateAggregation.ForwardedIp"/>; believed from trusted proxies only (<c>Gateway:TrustedProxies</c>).</summary>
    public string ForwardedHeader { get; init; } = "X-Forwarded-For";

    /// <summary>Only paths that begin so are counted and blocked; every path by default.</summary>
    public string ScopeDownPath { get; init; } = "/";

    /// <summary>Counts and reports only; default false.</summary>
    public bool Shadow { get; init; }

    /// <summary>What a blocked request is answered; default 403 <c>{"message":"Forbidden"}</c>.</summary>
    public CustomResponseDefinition? Response { get; init; }
}

/// <summary>Whose rate a rule counts; IPv6 addresses count per /64.</summary>
internal enum RateAggregation
{
    /// <summary>The peer's address.</summary>
    Ip,

    /// <summary>The first address of the forwarded header.</summary>
    ForwardedIp,
}

/// <summary>A response of one's own.</summary>
internal sealed record CustomResponseDefinition
{
    /// <summary>200 to 599, default 403.</summary>
    public int Status { get; init; } = 403;

    /// <summary>The body; at most 4 KiB.</summary>
    public string Body { get; init; } = "";

    /// <summary>Its media type; default <c>application/json</c>.</summary>
    public string ContentType { get; init; } = "application/json";
}
