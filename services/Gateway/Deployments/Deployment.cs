using System.Collections.Frozen;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Responses;

namespace ApiPoc.Gateway.Deployments;

/// <summary>
/// What the gateway serves right now: the definition and the stages' current settings, resolved into objects that calls can use
/// without looking anything up. Immutable; a change makes another one, and calls keep the one they began with.
/// </summary>
internal sealed class Deployment
{
    private readonly FrozenDictionary<(string ApiId, string Stage), DeployedStage> _stages;

    /// <summary>Takes what <see cref="DeploymentBuilder"/> resolved.</summary>
    public Deployment(GatewayDefinition definition, IEnumerable<DeployedStage> stages)
    {
        Definition = definition;
        Errors = new ErrorMatrix(definition.Behaviour);
        _stages = stages.ToFrozenDictionary(stage => (stage.ApiId, stage.Name));
    }

    /// <summary>The definition it was made from.</summary>
    public GatewayDefinition Definition { get; }

    /// <summary>The answers the gateway gives by itself.</summary>
    public ErrorMatrix Errors { get; }

    /// <summary>Every stage.</summary>
    public IReadOnlyCollection<DeployedStage> Stages => _stages.Values;

    /// <summary>A stage; null when there is none.</summary>
    public DeployedStage? FindStage(string apiId, string stage) => _stages.GetValueOrDefault((apiId, stage));
}
