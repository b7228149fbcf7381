using System.Collections.Frozen;

namespace ApiPoc.Gateway.Deployments;

/// <summary>A resource as calls meet it.</summary>
internal sealed class DeployedResource
{
    private const string Any = "ANY";
    private readonly FrozenDictionary<string, DeployedMethod> _methods;
    private readonly DeployedMethod? _any;

    /// <summary>Takes the resource's methods by HTTP method or <c>ANY</c>.</summary>
    public DeployedResource(string path, IReadOnlyDictionary<string, DeployedMethod> methods)
    {
        Path = path;
        ParameterNames = [.. path.Split('/').Where(segment => segment.StartsWith('{')).Select(segment => segment.Trim('{', '}', '+'))];
        _methods = methods.Where(method => method.Key != Any).ToFrozenDictionary(StringComparer.Ordinal);
        _any = methods.GetValueOrDefault(Any);
    }

    /// <summary>The path as declared, e.g. <c>/survey/{id}</c>.</summary>
    public string Path { get; }

    /// <summary>The path's parameters, in order.</summary>
    public string[] ParameterNames { get; }

    /// <summary>The method for an HTTP method; null when there is none.</summary>
    public DeployedMethod? Find(string httpMethod) => _methods.TryGetValue(httpMethod, out var method) ? method : _any;
}
