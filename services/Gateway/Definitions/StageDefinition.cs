namespace ApiPoc.Gateway.Definitions;

/// <summary>One stage of an API.</summary>
internal sealed record StageDefinition
{
    /// <summary>What it is for.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether answers carry exactly what AWS sends, or more; default <see cref="Parity.Aws"/>.</summary>
    public Parity Parity { get; init; } = Parity.Aws;

    /// <summary>Settings by <c>{resource path}/{METHOD}</c>, e.g. <c>/data/POST</c>; <c>*/*</c> is for the whole stage.</summary>
    public Dictionary<string, MethodSetting> MethodSettings { get; init; } = [];

    /// <summary>Whether the stage has a cache at all; default false.</summary>
    public bool CacheClusterEnabled { get; init; }

    /// <summary>Values for <c>${stageVariables.name}</c>; configuration <c>Gateway:Variables:{name}</c> wins over them.</summary>
    public Dictionary<string, string> Variables { get; init; } = [];

    /// <summary>The resource policy's part that concerns the cache: who may send <c>Cache-Control: max-age=0</c>; nobody by default.</summary>
    public CacheInvalidationDefinition CacheInvalidation { get; init; } = new();

    /// <summary>The web application firewall's rules, in order.</summary>
    public List<RateRuleDefinition> Firewall { get; init; } = [];

    /// <summary>What a request meets while Redis cannot be asked about the stage's throttles; default <see cref="FailureMode.Local"/>.</summary>
    public FailureMode ThrottleFailure { get; init; } = FailureMode.Local;
}

/// <summary>How close answers keep to AWS.</summary>
internal enum Parity
{
    /// <summary>Exactly what AWS sends.</summary>
    Aws,

    /// <summary>And more: <c>Retry-After</c>, <c>RateLimit</c>, <c>RateLimit-Policy</c>, problem details for those who accept them.</summary>
    Extended,
}

/// <summary>What a request meets while its limits cannot be decided.</summary>
internal enum FailureMode
{
    /// <summary>This process decides with its own buckets of limit ÷ instances (<c>Gateway:Instances</c>).</summary>
    Local,

    /// <summary>It passes.</summary>
    Open,

    /// <summary>It is answered with 503.</summary>
    Closed,
}

/// <summary>Who may invalidate cache entries.</summary>
internal sealed record CacheInvalidationDefinition
{
    /// <summary>API key ids that may, also where a method needs no key.</summary>
    public List<string> ApiKeys { get; init; } = [];

    /// <summary>Authorizer principals that may; <c>*</c> for each authorized one.</summary>
    public List<string> Principals { get; init; } = [];
}
