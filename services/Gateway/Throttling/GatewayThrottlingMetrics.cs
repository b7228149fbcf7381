using System.Diagnostics;
using System.Diagnostics.Metrics;
using ApiPoc.Domain.Throttling;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Throttling;

/// <summary>Which limits refuse, which would, and how often this process decided alone.</summary>
internal sealed class GatewayThrottlingMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "ApiPoc.Gateway.Throttling";

    private readonly Counter<long> _refused;
    private readonly Counter<long> _shadow;
    private readonly Counter<long> _alone;

    /// <summary>Creates the instruments.</summary>
    public GatewayThrottlingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _refused = meter.CreateCounter<long>("apipoc.gateway.throttling.refused", "{request}", "Requests refused, by the limit that is named.");
        _shadow = meter.CreateCounter<long>("apipoc.gateway.throttling.shadow", "{request}", "What limits that run dry would have done.");
        _alone = meter.CreateCounter<long>("apipoc.gateway.throttling.failure_mode", "{request}", "Requests decided without the shared limits.");
    }

    /// <summary><paramref name="limit"/> refused.</summary>
    public void Refused(GatewayCall call, Limit limit) => _refused.Add(1, Tags(call, ("limit", limit.Name)));

    /// <summary>A shadow limit decided.</summary>
    public void ShadowDecided(GatewayCall call, Limit limit, bool isAdmitted) =>
        _shadow.Add(1, Tags(call, ("limit", limit.Name), ("outcome", isAdmitted ? "admitted" : "refused")));

    /// <summary>The shared limits could not be asked.</summary>
    public void DecidedAlone(GatewayCall call, FailureMode mode) => _alone.Add(1, Tags(call, ("mode", mode.ToString().ToLowerInvariant())));

    private static TagList Tags(GatewayCall call, params ReadOnlySpan<(string Name, string Value)> more)
    {
        var tags = new TagList { { "api", call.Stage!.ApiId }, { "stage", call.Stage.Name } };
        foreach (var (name, value) in more)
            tags.Add(name, value);
        return tags;
    }
}
