namespace ApiPoc.Gateway.Definitions;

/// <summary>A custom authorizer: exactly one of <see cref="Http"/> and <see cref="Sample"/> decides.</summary>
internal sealed record AuthorizerDefinition
{
    /// <summary>What it is given; default <see cref="AuthorizerType.Token"/>.</summary>
    public AuthorizerType Type { get; init; } = AuthorizerType.Token;

    /// <summary>
    /// The request values that identify the caller, e.g. <c>method.request.header.Authorization</c>; all must be present, else 401.
    /// TOKEN has exactly one header.
    /// </summary>
    public List<string> IdentitySources { get; init; } = ["method.request.header.Authorization"];

    /// <summary>TOKEN: a regular expression the whole token must match, else 401 without asking; none by default.</summary>
    public string? Validation { get; init; }

    /// <summary>How long a verdict is kept; 0 (off) to 1 h, default 5 min.</summary>
    public TimeSpan Ttl { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Asks an HTTP service.</summary>
    public HttpAuthorizerDefinition? Http { get; init; }

    /// <summary>Decides by a list.</summary>
    public SampleAuthorizerDefinition? Sample { get; init; }
}

/// <summary>What an authorizer is given.</summary>
internal enum AuthorizerType
{
    /// <summary>The one token.</summary>
    Token,

    /// <summary>The request.</summary>
    Request,
}

/// <summary>An HTTP service that is posted the authorizer event and answers with a policy document, as an authorizer function does.</summary>
internal sealed record HttpAuthorizerDefinition
{
    /// <summary>Its address; <c>${stageVariables.name}</c> is replaced.</summary>
    public string Uri { get; init; } = "";

    /// <summary>How long it may take, until 500; 50 ms to 29 s, default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>The built-in authorizer: verdicts by token.</summary>
internal sealed record SampleAuthorizerDefinition
{
    /// <summary>Verdicts by token (TOKEN) or by the first identity source (REQUEST).</summary>
    public Dictionary<string, SampleVerdict> Tokens { get; init; } = [];

    /// <summary>The verdict for every other token; default <see cref="SampleVerdict.Deny"/>.</summary>
    public SampleVerdict Otherwise { get; init; } = SampleVerdict.Deny;
}

/// <summary>What the built-in authorizer can do, one per row of the error matrix.</summary>
internal enum SampleVerdict
{
    /// <summary>Allows every method of the API.</summary>
    Allow,

    /// <summary>Denies explicitly.</summary>
    Deny,

    /// <summary>Says <c>Unauthorized</c>.</summary>
    Unauthorized,

    /// <summary>Returns a policy that names neither.</summary>
    NoMatch,

    /// <summary>Fails.</summary>
    Fail,
}
