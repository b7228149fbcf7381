namespace ApiPoc.Gateway.Routing;

/// <summary>A call's path parameters: the names of the resource, and where their values stand in the path.</summary>
internal readonly struct PathParameters(string path, string[] names, Range[] places)
{
    /// <summary>How many there are.</summary>
    public int Count => names?.Length ?? 0;

    /// <summary>The value of <paramref name="name"/> as the caller wrote it, still percent-encoded; null when there is none.</summary>
    public string? Raw(string name)
    {
        int index = names is null ? -1 : Array.IndexOf(names, name);
        return index < 0 ? null : path[places[index]];
    }

    /// <summary>The value of <paramref name="name"/>, decoded; null when there is none.</summary>
    public string? Value(string name) => Raw(name) is { } raw ? Uri.UnescapeDataString(raw) : null;

    /// <summary>All of them, decoded.</summary>
    public Dictionary<string, string?> ToDictionary()
    {
        var values = new Dictionary<string, string?>(Count, StringComparer.Ordinal);
        for (int index = 0; index < Count; index++)
            values[names[index]] = Uri.UnescapeDataString(path[places[index]]);
        return values;
    }
}
