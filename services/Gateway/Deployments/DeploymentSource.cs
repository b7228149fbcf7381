using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.Stages;

namespace ApiPoc.Gateway.Deployments;

/// <summary>Holds the deployment in force and makes another when the definition or a stage's settings change.</summary>
internal sealed class DeploymentSource
{
    private readonly Lock _gate = new();
    private readonly DeploymentBuilder _builder;
    private readonly DefinitionSource _definitions;
    private readonly RegistryReplica _registry;
    private Dictionary<string, StageSettings> _settings;
    private Deployment _current;

    /// <summary>Makes the first deployment and follows both sources.</summary>
    public DeploymentSource(DeploymentBuilder builder, DefinitionSource definitions, RegistryReplica registry)
    {
        (_builder, _definitions, _registry) = (builder, definitions, registry);
        _settings = Settings();
        _current = builder.Build(definitions.Current);
        definitions.Changed += (_, _) => Update(isDefinitionChanged: true);
        registry.Changed += (_, _) => Update(isDefinitionChanged: false);
    }

    /// <summary>The deployment in force.</summary>
    public Deployment Current => Volatile.Read(ref _current);

    private void Update(bool isDefinitionChanged)
    {
        lock (_gate)
        {
            var settings = Settings();
            // Keys and plans change often and are not part of a deployment.
            if (!isDefinitionChanged && IsSame(settings))
                return;
            _settings = settings;
            Volatile.Write(ref _current, _builder.Build(_definitions.Current));
        }
    }

    private Dictionary<string, StageSettings> Settings() => new(_registry.State.Stages, StringComparer.Ordinal);

    private bool IsSame(Dictionary<string, StageSettings> settings) =>
        settings.Count == _settings.Count
        && settings.All(stage => _settings.TryGetValue(stage.Key, out var known) && ReferenceEquals(known, stage.Value));
}
