using System.Diagnostics;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Events;

namespace ApiPoc.Domain.Breaker;

/// <summary>
/// How processes use a breaker: events go through <see cref="CircuitBreaker"/> and compare-and-set, and whoever wrote a transition
/// announces it, so each is announced by one process.
/// </summary>
public sealed class BreakerGate(IBreakerStore store, IFailureWindow failures, IThrottleEvents events, BreakerMetrics metrics)
{
    /// <summary>The activity source of transitions.</summary>
    public const string SourceName = "ApiPoc.Breaker";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Reads an API's breaker.</summary>
    /// <exception cref="BreakerUnavailableException">The store did not answer.</exception>
    public async Task<BreakerReading> ReadAsync(string apiId, CancellationToken cancellationToken)
    {
        var reading = await store.ReadAsync(apiId, cancellationToken);
        metrics.StateSeen(apiId, reading.State.Circuit);
        return reading;
    }

    /// <summary>Applies an event and announces what it changed.</summary>
    /// <returns>The transition as written; without change when the event had nothing to change.</returns>
    /// <exception cref="BreakerUnavailableException">The store did not answer; the event may or may not have been applied.</exception>
    public async Task<BreakerTransition> ApplyAsync(
        string apiId, BreakerEvent happened, BreakerTimes times, CancellationToken cancellationToken)
    {
        using var activity = Source.StartActivity($"breaker {happened.GetType().Name}");
        activity?.SetTag("api_id", apiId);

        var transition = await WriteAsync(apiId, happened, times, cancellationToken);
        activity?.SetTag("breaker.effect", transition.Effect.ToString());
        activity?.SetTag("breaker.state", transition.After.Circuit.ToString());
        activity?.SetTag("breaker.epoch", transition.After.Epoch);

        metrics.StateSeen(apiId, transition.After.Circuit);
        if (transition.IsChange)
            Announce(apiId, transition);
        return transition;
    }

    /// <summary>Counts a call that went well, without waiting.</summary>
    public void CountSuccess(string apiId, ApiOptions api, long epoch) => failures.CountSuccess(apiId, epoch, api.Breaker.SamplingWindow);

    /// <summary>Counts a call that failed; failures beyond what <paramref name="api"/> tolerates open the breaker.</summary>
    /// <exception cref="BreakerUnavailableException">The store did not answer.</exception>
    public async Task CountFailureAsync(string apiId, ApiOptions api, long epoch, string failure, CancellationToken cancellationToken)
    {
        var window = api.Breaker.SamplingWindow;
        if (!FailureQuorum.IsReached(await failures.CountFailureAsync(apiId, epoch, window, cancellationToken), api.Breaker))
            return;

        var tally = await failures.RecountAsync(apiId, epoch, window, cancellationToken);
        if (FailureQuorum.IsReached(tally, api.Breaker))
        {
            var reason = $"{tally.Failures} of {tally.Calls} calls failed, the last: {failure}";
            await ApplyAsync(apiId, new CallsFailed(epoch, reason), BreakerTimes.Of(api), cancellationToken);
        }
    }

    private async Task<BreakerTransition> WriteAsync(
        string apiId, BreakerEvent happened, BreakerTimes times, CancellationToken cancellationToken)
    {
        // A lost race means another process's transition was written, after which most events are stale: this ends.
        while (true)
        {
            var reading = await store.ReadAsync(apiId, cancellationToken);
            var transition = CircuitBreaker.Next(reading.State, happened, reading.Now, times);
            if (!transition.IsChange || await store.TryWriteAsync(apiId, reading.State.Epoch, transition.After, cancellationToken))
                return transition;
        }
    }

    private void Announce(string apiId, BreakerTransition transition)
    {
        metrics.TransitionMade(apiId, transition.Effect);
        if (TypeOf(transition.Effect) is not { } type)
            return;

        events.TryPublish(new ThrottleEvent
        {
            Type = type,
            Time = transition.At,
            ApiId = apiId,
            Reason = transition.Effect == BreakerEffect.Closed ? "the probe succeeded" : transition.After.Reason,
            TraceId = Activity.Current?.TraceId.ToString(),
            Data = Facts(transition),
        });
    }

    private static string? TypeOf(BreakerEffect effect) => effect switch
    {
        BreakerEffect.Opened => ThrottleEventType.BreakerOpened,
        BreakerEffect.ProbeGranted => ThrottleEventType.BreakerHalfOpened,
        BreakerEffect.Closed => ThrottleEventType.BreakerClosed,
        _ => null,
    };

    private static Dictionary<string, string> Facts(BreakerTransition transition)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["epoch"] = $"{transition.After.Epoch}" };
        if (transition.Effect == BreakerEffect.Opened && transition.After.ProbeAt is { } probeAt)
            facts["probe_at"] = probeAt.ToString("O");
        if (transition.Before.Failures > 0)
            facts["failed_probes"] = $"{transition.Before.Failures}";
        return facts;
    }
}
