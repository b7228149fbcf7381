using ApiPoc.Gateway.Deployments;

namespace ApiPoc.Gateway.Routing;

/// <summary>
/// Finds the resource a path means, as API Gateway does: segment by segment, a literal before <c>{name}</c> before
/// <c>{name+}</c>. A trailing slash means nothing.
/// </summary>
internal sealed class RouteTable
{
    /// <summary>The most segments a resource's path may have.</summary>
    public const int MaxSegments = 32;

    private readonly Node _root = new();

    /// <summary>Builds the table of a stage.</summary>
    public RouteTable(IEnumerable<DeployedResource> resources)
    {
        foreach (var resource in resources)
            Add(resource);
    }

    /// <summary>Finds the resource of <paramref name="path"/>.</summary>
    /// <param name="path">The path within the stage, beginning with a slash, as the caller wrote it.</param>
    /// <param name="parameters">The resource's path parameters.</param>
    /// <returns>The resource; null when there is none.</returns>
    public DeployedResource? Match(string path, out PathParameters parameters)
    {
        Span<Range> places = stackalloc Range[MaxSegments];
        int end = path.Length > 1 && path[^1] == '/' ? path.Length - 1 : path.Length;
        var resource = _root.Match(path, 1, end, places, 0, out int count);
        parameters = count == 0 || resource is null ? default : new PathParameters(path, resource.ParameterNames, places[..count].ToArray());
        return resource;
    }

    private void Add(DeployedResource resource)
    {
        var node = _root;
        foreach (string segment in resource.Path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment.EndsWith("+}", StringComparison.Ordinal))
            {
                node.Greedy = resource;
                return;
            }
            node = segment[0] == '{' ? node.Variable ??= new Node() : node.Literal(segment);
        }
        node.Resource = resource;
    }

    private sealed class Node
    {
        private readonly Dictionary<string, Node> _literals = new(StringComparer.Ordinal);

        public Node? Variable { get; set; }

        public DeployedResource? Greedy { get; set; }

        public DeployedResource? Resource { get; set; }

        public Node Literal(string segment) => _literals.TryGetValue(segment, out var node) ? node : _literals[segment] = new Node();

        public DeployedResource? Match(ReadOnlySpan<char> path, int start, int end, Span<Range> places, int depth, out int count)
        {
            count = depth;
            if (start >= end)
                return Resource;
            int length = path[start..end].IndexOf('/');
            int stop = length < 0 ? end : start + length;
            if (FindLiteral(path[start..stop])?.Match(path, stop + 1, end, places, depth, out count) is { } literal)
                return literal;
            if (depth < places.Length)
                places[depth] = start..stop;
            if (depth < places.Length && Variable?.Match(path, stop + 1, end, places, depth + 1, out count) is { } variable)
                return variable;
            if (Greedy is null || depth >= places.Length)
                return null;
            places[depth] = start..end;
            count = depth + 1;
            return Greedy;
        }

        private Node? FindLiteral(ReadOnlySpan<char> segment)
        {
            if (_literals.Count == 0)
                return null;
            var lookup = _literals.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!segment.Contains('%'))
                return lookup.TryGetValue(segment, out var node) ? node : null;
            // What is encoded without need means the same resource and the same buckets.
            return _literals.GetValueOrDefault(Uri.UnescapeDataString(segment));
        }
    }
}
