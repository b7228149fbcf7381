using Amazon.Runtime;

namespace ApiPoc.Messaging.Aws;

/// <summary>The services of AWS that a process cannot do without, as its registrations say; checked on start.</summary>
internal sealed class AwsNeeds
{
    private readonly SortedDictionary<string, Func<ClientConfig>> _services = new(StringComparer.Ordinal);

    /// <summary>A client's configuration for each, new.</summary>
    public IEnumerable<ClientConfig> Configurations => _services.Values.Select(create => create());

    public void Add<TConfig>()
        where TConfig : ClientConfig, new() =>
        _services[typeof(TConfig).Name] = () => new TConfig();
}
