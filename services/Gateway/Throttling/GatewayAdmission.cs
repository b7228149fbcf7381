using ApiPoc.Domain.Throttling;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Explaining;
using ApiPoc.Gateway.Outages;
using ApiPoc.Gateway.Pipeline;
using ApiPoc.Gateway.Responses;

namespace ApiPoc.Gateway.Throttling;

/// <summary>The shared admission, and what stands in for it while it cannot be asked.</summary>
internal sealed class GatewayAdmission(SharedAdmission shared, Explanation explanation, LocalAdmission local, RedisOutage outage, GatewayThrottlingMetrics metrics)
{
    /// <summary>Asks for <paramref name="limits"/>.</summary>
    /// <returns>The refusal; null when admitted.</returns>
    public async ValueTask<IGatewayAnswer?> AdmitAsync(GatewayCall call, IReadOnlyList<Limit> limits)
    {
        if (!outage.IsKnown)
        {
            try
            {
                return Judge(call, await AdmissionFor(call).AdmitAsync(limits, cost: 1, call.Aborted));
            }
            catch (AdmissionUnavailableException failure)
            {
                outage.Report(failure);
            }
        }
        return await DecideAloneAsync(call, limits);
    }

    // Who is told what is left is told exactly.
    private IAdmission AdmissionFor(GatewayCall call) => call.Stage!.IsExtended || explanation.IsAskedBy(call) ? shared.Exact : shared.Leased;

    private Refusal? Judge(GatewayCall call, AdmissionDecision decision)
    {
        call.Decision = decision;
        if (decision.Refusal is not { } refusal)
            return null;
        metrics.Refused(call, refusal.Limit);
        return new Refusal(refusal.Limit is CalendarLimit ? call.Errors.QuotaExceeded : call.Errors.Throttled);
    }

    private async ValueTask<IGatewayAnswer?> DecideAloneAsync(GatewayCall call, IReadOnlyList<Limit> limits)
    {
        var quotaFailure = call.Access?.Plan is { Shadow: false, Quota: { } quota } ? quota.Failure : FailureMode.Open;
        var mode = quotaFailure == FailureMode.Closed ? FailureMode.Closed : call.Stage!.Definition.ThrottleFailure;
        metrics.DecidedAlone(call, mode);
        return mode switch
        {
            FailureMode.Open => null,
            FailureMode.Closed => new Refusal(call.Errors.ThrottleUnavailable),
            _ => Judge(call, await local.AdmitAsync(limits, call.Aborted)),
        };
    }
}
