using ApiPoc.Gateway.Cors;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Firewall;
using ApiPoc.Gateway.Routing;
using ApiPoc.Gateway.Stages;
using ApiPoc.Gateway.Throttling;

namespace ApiPoc.Gateway.Deployments;

/// <summary>A stage as calls meet it.</summary>
internal sealed class DeployedStage
{
    /// <summary>The API's id.</summary>
    public required string ApiId { get; init; }

    /// <summary>The API's name in metrics.</summary>
    public required string ApiName { get; init; }

    /// <summary>The stage's name.</summary>
    public required string Name { get; init; }

    /// <summary>The API's definition.</summary>
    public required RestApiDefinition Api { get; init; }

    /// <summary>The stage's definition.</summary>
    public required StageDefinition Definition { get; init; }

    /// <summary>The settings in force.</summary>
    public required StageSettings Settings { get; init; }

    /// <summary>Stage variables in force.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>The firewall's rules, in order.</summary>
    public required IReadOnlyList<RateRule> Firewall { get; init; }

    /// <summary>Cross-origin answers; null when the API gives none.</summary>
    public required CorsPolicy? Cors { get; init; }

    /// <summary>The account's bucket.</summary>
    public required LimitRule Account { get; init; }

    /// <summary>The resources; set once, while the stage is built, because methods know their stage.</summary>
    public RouteTable Routes { get; set; } = new([]);

    /// <summary>Whether answers say more than AWS's.</summary>
    public bool IsExtended => Definition.Parity == Parity.Extended;
}
