using ApiPoc.Gateway.Alarms;
using ApiPoc.Gateway.Explaining;
using ApiPoc.Gateway.Metrics;
using ApiPoc.Gateway.Responses;
using ApiPoc.Gateway.Throttling;

namespace ApiPoc.Gateway.Pipeline;

/// <summary>What every answer gets, whoever gives it: ids, cross-origin and rate-limit headers, an explanation, and its place in the metrics.</summary>
internal sealed class AnswerDecoration(Explanation explanation, GatewayMetrics metrics, AlarmRecorder alarms, TimeProvider clock)
{
    /// <summary>The call begins.</summary>
    public static void Begin(GatewayCall call)
    {
        var headers = call.Response.Headers;
        headers[AnswerHeaders.RequestId] = call.RequestId;
        headers[AnswerHeaders.GatewayId] = call.GatewayId;
    }

    /// <summary>The answer is known and not yet sent.</summary>
    public void Complete(GatewayCall call)
    {
        if (call.Stage is not { } stage)
            return;
        stage.Cors?.Apply(call);
        if (stage.IsExtended && call.Decision is { } decision)
            RateLimitHeaders.Write(call.Response.Headers, decision);
        explanation.Apply(call);
    }

    /// <summary>The call has ended.</summary>
    public void End(GatewayCall call)
    {
        var latency = clock.GetElapsedTime(call.StartedAt);
        metrics.Ended(call, latency);
        alarms.Ended(call, latency);
    }
}
