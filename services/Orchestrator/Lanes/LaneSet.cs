using ApiPoc.Domain.Apis;
using Microsoft.Extensions.Options;

namespace ApiPoc.Orchestrator.Lanes;

/// <summary>A lane per configured API.</summary>
internal sealed class LaneSet
{
    private readonly Dictionary<string, Lane> _lanes;

    public LaneSet(IOptions<ApisOptions> apis, IOptions<OrchestratorOptions> options, TimeProvider clock)
    {
        RoomChanged = new(clock);
        _lanes = apis.Value.ToDictionary(api => api.Key, api => new Lane(api.Key, api.Value, options.Value.JobsInHand, clock));
    }

    /// <summary>Set when a lane may have room again.</summary>
    public Signal RoomChanged { get; }

    public IReadOnlyCollection<Lane> All => _lanes.Values;

    /// <summary>How many jobs the lane with most room would take.</summary>
    public int Room => _lanes.Values.Select(lane => lane.Room).DefaultIfEmpty().Max();

    public Lane this[string apiId] => _lanes[apiId];

    /// <summary>The messages in hand that ask for a job: two when it was delivered twice.</summary>
    public IEnumerable<(HeldJob Held, LaneWait? Wait)> Find(string jobId) => All.SelectMany(lane => lane.Find(jobId));

    /// <summary>Wakes an API's lane, or all when it is null; an API of other processes is none of ours.</summary>
    public void Wake(string? apiId)
    {
        foreach (var lane in All.Where(lane => apiId is null || lane.ApiId == apiId))
            lane.Changed.Set();
    }
}
