using ApiPoc.Gateway.Registry;

namespace ApiPoc.Gateway.Control.Tags;

/// <summary>What a tag operation is about: an API key or a usage plan.</summary>
/// <param name="Kind">The item's kind in the registry.</param>
/// <param name="Id">Its id.</param>
internal sealed record TagTarget(string Kind, string Id)
{
    private const string Service = "arn:aws:apigateway:";

    /// <summary>Reads <c>arn:aws:apigateway:{region}::/apikeys/{id}</c> or <c>…/usageplans/{id}</c>, as clients escape it in a path.</summary>
    /// <exception cref="ControlException">It names something else.</exception>
    public static TagTarget Parse(string arn)
    {
        string text = Uri.UnescapeDataString(arn);
        string[] path = text.StartsWith(Service, StringComparison.Ordinal) ? text.Split('/') : [];
        return path switch
        {
            [_, "apikeys", var id] => new TagTarget(RegistryNames.Key, id),
            [_, "usageplans", var id] => new TagTarget(RegistryNames.Plan, id),
            _ => throw new ControlException(ControlError.BadRequest($"Invalid ARN '{text}' specified: only API keys and usage plans have tags here")),
        };
    }

    /// <summary>Its tags.</summary>
    /// <exception cref="ControlException">There is no such key or plan.</exception>
    public IReadOnlyDictionary<string, string> TagsIn(RegistryState state)
    {
        var (isFound, tags) = Kind == RegistryNames.Key
            ? (state.Keys.TryGetValue(Id, out var key), key?.Tags) : (state.Plans.TryGetValue(Id, out var plan), plan?.Tags);
        return isFound ? tags ?? [] : throw new ControlException(ControlError.NotFound($"Invalid {(Kind == RegistryNames.Key ? "API Key" : "Usage Plan")} identifier specified"));
    }
}
