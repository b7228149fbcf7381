using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Firewall;

/// <summary>Blocks addresses that send too much.</summary>
internal sealed class FirewallStep(ClientAddress addresses, FirewallMetrics metrics) : IGatewayStep
{
    /// <inheritdoc/>
    public ValueTask<IGatewayAnswer?> RunAsync(GatewayCall call)
    {
        var rules = call.Stage!.Firewall;
        for (int index = 0; index < rules.Count; index++)
        {
            var rule = rules[index];
            if (!rule.Covers(call.Path) || !rule.CountAndJudge(ClientNetwork.Of(AddressOf(call, rule))))
                continue;
            metrics.Blocked(rule);
            if (!rule.Definition.Shadow)
                return new(rule.AnswerFor(call));
        }
        return GatewayCall.GoOn;
    }

    private System.Net.IPAddress AddressOf(GatewayCall call, RateRule rule) => rule.Definition.AggregateBy == RateAggregation.ForwardedIp
        ? addresses.Forwarded(call.Http, rule.Definition.ForwardedHeader) : ClientAddress.Peer(call.Http);
}
