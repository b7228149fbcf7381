using System.Text.Json;

namespace ApiPoc.Gateway.Definitions;

/// <summary>One REST API.</summary>
internal sealed record RestApiDefinition
{
    /// <summary>The name metrics and people use; default the id.</summary>
    public string? Name { get; init; }

    /// <summary>What it is, in a sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>Where the API key comes from; default <see cref="ApiKeySource.Header"/>.</summary>
    public ApiKeySource ApiKeySource { get; init; } = ApiKeySource.Header;

    /// <summary>Authorizers by id.</summary>
    public Dictionary<string, AuthorizerDefinition> Authorizers { get; init; } = [];

    /// <summary>JSON schemas by name, for request bodies.</summary>
    public Dictionary<string, JsonElement> Models { get; init; } = [];

    /// <summary>Cross-origin requests; none are answered by default.</summary>
    public CorsDefinition? Cors { get; init; }

    /// <summary>Methods by resource path, then by HTTP method or <c>ANY</c>, e.g. <c>/survey/{id}</c> → <c>GET</c>.</summary>
    public Dictionary<string, Dictionary<string, MethodDefinition>> Resources { get; init; } = [];

    /// <summary>Stages by name; at least one.</summary>
    public Dictionary<string, StageDefinition> Stages { get; init; } = [];
}

/// <summary>Where an API's keys come from.</summary>
internal enum ApiKeySource
{
    /// <summary>The header <c>x-api-key</c>.</summary>
    Header,

    /// <summary>The authorizer's <c>usageIdentifierKey</c>.</summary>
    Authorizer,
}

/// <summary>Which origins may call, as the CORS protocol of the Fetch standard has it.</summary>
internal sealed record CorsDefinition
{
    /// <summary>Origins such as <c>https://example.org</c>, or <c>*</c> alone.</summary>
    public List<string> AllowOrigins { get; init; } = [];

    /// <summary>Methods a preflight may ask for; default every method of the resource.</summary>
    public List<string> AllowMethods { get; init; } = [];

    /// <summary>Request headers a preflight may ask for.</summary>
    public List<string> AllowHeaders { get; init; } = [];

    /// <summary>Response headers a page may read.</summary>
    public List<string> ExposeHeaders { get; init; } = [];

    /// <summary>Whether cookies and credentials may be sent; never together with <c>*</c>. Default false.</summary>
    public bool AllowCredentials { get; init; }

    /// <summary>How long a browser may keep a preflight's answer; 0 to 1 day, default 0.</summary>
    public TimeSpan MaxAge { get; init; }
}
