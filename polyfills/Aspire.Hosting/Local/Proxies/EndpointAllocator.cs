using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Proxies;

/// <summary>
/// Gives every endpoint its ports before anything starts: the one others connect to, held by a relay when the endpoint is proxied,
/// and one per process. All ports that are taken by somebody else are reported together, each with what wanted it.
/// </summary>
internal sealed class EndpointAllocator(ILogger<EndpointAllocator> logger) : IDisposable
{
    private readonly Dictionary<EndpointAnnotation, int[]> _targets = [];
    private readonly List<EndpointProxy> _proxies = [];

    public void Allocate(DistributedApplicationModel model)
    {
        var endpoints = model.Resources.SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => (resource, endpoint))).ToList();
        foreach (var (resource, endpoint) in endpoints)
            Validate(resource, endpoint);
        var occupied = new List<string>();
        // Fixed ports first, so that no port chosen here is one that somebody asked for.
        foreach (var (resource, endpoint) in endpoints.OrderBy(each => PublicPortOf(each.endpoint) is null))
        {
            if (!TryAllocate(resource, endpoint))
                occupied.Add($"Port {PublicPortOf(endpoint)} is occupied by another process; {resource.Name} (endpoint '{endpoint.Name}') wants it.");
        }

        if (occupied.Count > 0)
            throw new DistributedApplicationException(string.Join(Environment.NewLine, occupied));
        foreach (var proxy in _proxies)
            proxy.Start();
    }

    /// <summary>The port that the resource's process of that index listens on.</summary>
    public int TargetPortOf(EndpointAnnotation endpoint, int index) => _targets[endpoint][index];

    public void Dispose()
    {
        foreach (var proxy in _proxies)
            proxy.Dispose();
    }

    private static int? PublicPortOf(EndpointAnnotation endpoint) => endpoint.Port ?? (endpoint.IsProxied ? null : endpoint.TargetPort);

    private static void Validate(IResource resource, EndpointAnnotation endpoint)
    {
        if (endpoint.IsProxied && endpoint.Port is not null && endpoint.Port == endpoint.TargetPort && resource is not ContainerResource)
            throw new DistributedApplicationException(
                $"The endpoint '{endpoint.Name}' of {resource.Name} is proxied, so port and targetPort must differ (both are {endpoint.Port}).");
        if (!endpoint.IsProxied && resource.GetReplicaCount() > 1)
            throw new DistributedApplicationException($"The endpoint '{endpoint.Name}' of {resource.Name} must be proxied because there are several replicas.");
    }

    private bool TryAllocate(IResource resource, EndpointAnnotation endpoint)
    {
        var wanted = PublicPortOf(endpoint);
        using var reservation = wanted is { } port ? PortReservation.TryTake(port) : PortReservation.TakeAny();
        if (reservation is null)
            return false;
        var isDirect = !endpoint.IsProxied || resource is ContainerResource;
        _targets[endpoint] = isDirect ? [reservation.Port] : TargetsOf(resource, endpoint);
        if (!isDirect)
            _proxies.Add(new EndpointProxy(reservation.Listeners(), _targets[endpoint], logger));
        else if (resource is not ContainerResource)
            endpoint.TargetPort = reservation.Port;
        endpoint.AllocatedEndpoint = new(endpoint, "localhost", reservation.Port, ProcessTokens.TargetPort(endpoint.Name));
        return true;
    }

    private static int[] TargetsOf(IResource resource, EndpointAnnotation endpoint)
    {
        if (endpoint.TargetPort is { } fixedTarget)
            return [fixedTarget];
        var reservations = Enumerable.Range(0, resource.GetReplicaCount()).Select(_ => PortReservation.TakeAny()).ToList();
        var ports = reservations.Select(reservation => reservation.Port).ToArray();
        reservations.ForEach(reservation => reservation.Dispose());
        return ports;
    }
}
