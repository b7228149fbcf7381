namespace ApiPoc.Gateway.Control.Patching;

/// <summary>Everything that can be patched of a resource, after AWS's table of patch operations; of two paths that match, the first counts.</summary>
internal sealed class PatchTable<T>(params PatchRow<T>[] rows)
{
    /// <summary>Makes every change of <paramref name="request"/>.</summary>
    /// <exception cref="ControlException">One cannot be made; it is named, and none is.</exception>
    public T Apply(T resource, PatchRequest request) =>
        (request.PatchOperations ?? []).Aggregate(resource, (changed, patch) => Apply(changed, patch));

    private T Apply(T resource, PatchOperation patch)
    {
        var wanted = Operation(patch.Op);
        string path = patch.Path ?? "";
        var matches = rows.Select(row => (Row: row, Places: row.Match(path))).Where(match => match.Places is not null).ToList();
        var chosen = matches.Find(match => match.Row.Ops.HasFlag(wanted));
        return chosen.Row is not null ? chosen.Row.Apply(resource, patch, chosen.Places!) : throw Refused(patch, isKnown: matches.Count > 0);
    }

    private static PatchOps Operation(string? op) => op switch
    {
        "add" => PatchOps.Add,
        "replace" => PatchOps.Replace,
        "remove" => PatchOps.Remove,
        _ => throw new ControlException(ControlError.BadRequest($"Invalid patch operation '{op}' specified. Must be one of: [add, remove, replace]")),
    };

    // AWS's words, its two spaces included.
    private ControlException Refused(PatchOperation patch, bool isKnown)
    {
        string cure = isKnown ? "Please choose supported operations" : $"Must be one of: [{string.Join(", ", rows.Select(row => row.Path).Distinct(StringComparer.Ordinal))}]";
        return new ControlException(ControlError.BadRequest($"Invalid patch path  '{patch.Path}' specified for op '{patch.Op}'. {cure}"));
    }
}
