using Microsoft.AspNetCore.Routing.Matching;

namespace ApiPoc.Gateway.Control;

/// <summary>Says that a route is only for requests with a query parameter of this value.</summary>
internal sealed record RequiredQuery(string Name, string Value);

/// <summary>Tells routes of one path and verb apart by <see cref="RequiredQuery"/>: one that demands what the request has comes before one that demands nothing.</summary>
internal sealed class RequiredQueryPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    /// <inheritdoc/>
    public override int Order => 1000;

    /// <inheritdoc/>
    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(endpoint => Of(endpoint) is not null);

    /// <inheritdoc/>
    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var query = httpContext.Request.Query;
        bool isDemanded = false;
        for (int index = 0; index < candidates.Count; index++)
        {
            if (candidates.IsValidCandidate(index) && Of(candidates[index].Endpoint) is { } required)
            {
                bool isMet = query[required.Name] == required.Value;
                candidates.SetValidity(index, isMet);
                isDemanded |= isMet;
            }
        }
        for (int index = 0; isDemanded && index < candidates.Count; index++)
        {
            if (Of(candidates[index].Endpoint) is null)
                candidates.SetValidity(index, value: false);
        }
        return Task.CompletedTask;
    }

    private static RequiredQuery? Of(Endpoint endpoint) => endpoint.Metadata.GetMetadata<RequiredQuery>();
}
