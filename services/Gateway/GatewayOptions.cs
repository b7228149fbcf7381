using System.ComponentModel.DataAnnotations;

namespace ApiPoc.Gateway;

/// <summary>Configuration section <c>Gateway</c>: what is this process's own; what it serves stands in <c>gateway.json</c>.</summary>
internal sealed class GatewayOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Gateway";

    /// <summary>The definition file, relative to the content root; default <c>gateway.json</c>.</summary>
    [Required]
    public string File { get; set; } = "gateway.json";

    /// <summary>How many gateway processes share the limits; divides them while Redis is away. 1 to 1,000, default 1.</summary>
    [Range(1, 1000)]
    public int Instances { get; set; } = 1;

    /// <summary>Whether key values are kept (encrypted), so that <c>includeValue</c> can return them; default true.</summary>
    public bool KeepKeyValues { get; set; } = true;

    /// <summary>Proxies whose forwarded headers are believed: addresses or CIDR networks; none by default, and never everything.</summary>
    public List<string> TrustedProxies { get; init; } = [];

    /// <summary>Values of <c>gateway.json</c>'s keys by id. Secrets: never logged.</summary>
    public Dictionary<string, string> ApiKeys { get; init; } = [];

    /// <summary>Stage variables by name, for every stage that declares them; wins over <c>gateway.json</c>.</summary>
    public Dictionary<string, string> Variables { get; init; } = [];

    /// <summary>Whether everybody may ask for an explanation; default false: only Development and keys with that right.</summary>
    public bool ExplainToAll { get; set; }
}
