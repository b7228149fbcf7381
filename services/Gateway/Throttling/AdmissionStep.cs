using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Usage;

namespace ApiPoc.Gateway.Throttling;

/// <summary>
/// Asks once for every throttle and the quota together: all admit and each is charged, or one refuses and none is. Shadow limits are
/// asked beside it and wait for nothing.
/// </summary>
internal sealed class AdmissionStep(GatewayAdmission admission, ShadowLimits shadow, UsageRecorder usage, TimeProvider clock) : IGatewayStep
{
    /// <inheritdoc/>
    public async ValueTask<IGatewayAnswer?> RunAsync(GatewayCall call)
    {
        var rules = call.Access is { } access ? access.RulesFor(call.Method!, clock.GetUtcNow()) : call.Method!.SharedLimits;
        if (rules.Enforced.Count > 0)
        {
            var verdict = await admission.AdmitAsync(call, rules.Enforced);
            if (verdict is not null)
                return verdict;
        }
        shadow.Count(call, rules.Shadow);
        if (call.Access is not null)
            usage.Record(call.Access, call.Deployment.Definition.Behaviour);
        return null;
    }
}
