using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Breaker;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;
using CircuitState = ApiPoc.Domain.Breaker.CircuitState;

namespace ApiPoc.Resilience.Breaker;

/// <summary>The breakers all processes share, as calls of this process meet them: leave to send, and what came of it.</summary>
public sealed class SharedBreaker(BreakerGate gate, BreakerView view, IOptions<ApisOptions> apis)
{
    private readonly string _self = $"http-client@{Environment.MachineName}:{Environment.ProcessId}";

    /// <summary>Leave to send one call.</summary>
    /// <exception cref="BrokenCircuitException">The breaker is open, or another process probes; it says how long.</exception>
    /// <exception cref="BreakerUnavailableException">The store did not answer.</exception>
    public async Task<BreakerPass> EnterAsync(string apiId, CancellationToken cancellationToken)
    {
        var reading = await view.LookAsync(apiId, cancellationToken);
        if (reading.State.Circuit == CircuitState.Closed)
            return new(reading.State.Epoch, IsProbe: false);
        if (CircuitBreaker.IsDue(reading.State, reading.Now))
        {
            var offer = await ApplyAsync(apiId, new ProbeWanted(_self));
            if (offer.Effect == BreakerEffect.ProbeGranted)
                return new(offer.After.Epoch, IsProbe: true);
        }
        throw Broken(apiId, reading);
    }

    /// <summary>Fails as <see cref="EnterAsync"/> would, but claims no probe: so that nobody waits for a permit in vain.</summary>
    public async Task ThrowIfOpenAsync(string apiId, CancellationToken cancellationToken)
    {
        var reading = await view.LookAsync(apiId, cancellationToken);
        if (reading.State.Circuit != CircuitState.Closed && !CircuitBreaker.IsDue(reading.State, reading.Now))
            throw Broken(apiId, reading);
    }

    /// <summary>Tells that a call went well.</summary>
    public async Task SucceededAsync(string apiId, BreakerPass pass)
    {
        if (pass.IsProbe)
            await ApplyAsync(apiId, new ProbeSucceeded(pass.Epoch));
        else
            gate.CountSuccess(apiId, apis.Value[apiId], pass.Epoch);
    }

    /// <summary>Tells that a call failed.</summary>
    public Task FailedAsync(string apiId, BreakerPass pass, string reason) => pass.IsProbe
        ? ApplyAsync(apiId, new ProbeFailed(pass.Epoch, null, reason))
        : gate.CountFailureAsync(apiId, apis.Value[apiId], pass.Epoch, reason, CancellationToken.None);

    /// <summary>Tells of a 429: it opens the breaker where that is the API's policy, and else is the quota's matter.</summary>
    public Task ThrottledAsync(string apiId, BreakerPass pass, TimeSpan? retryAfter)
    {
        if (apis.Value[apiId].OnThrottle != ThrottlePolicy.BreakerOn429)
            return pass.IsProbe ? SucceededAsync(apiId, pass) : Task.CompletedTask;
        const string reason = "429";
        return ApplyAsync(apiId, pass.IsProbe ? new ProbeFailed(pass.Epoch, retryAfter, reason) : new CallThrottled(pass.Epoch, retryAfter, reason));
    }

    private async Task<BreakerTransition> ApplyAsync(string apiId, BreakerEvent happened)
    {
        var transition = await gate.ApplyAsync(apiId, happened, BreakerTimes.Of(apis.Value[apiId]), CancellationToken.None);
        view.Forget(apiId);
        return transition;
    }

    private static BrokenCircuitException Broken(string apiId, BreakerReading reading)
    {
        var left = (reading.State.ProbeAt ?? reading.Now) - reading.Now;
        return new($"The breaker of {apiId} is open: {reading.State.Reason}", left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }
}

/// <summary>Leave to send one call.</summary>
/// <param name="Epoch">The breaker's epoch it is sent under.</param>
/// <param name="IsProbe">Whether it is the fleet's one probe.</param>
public readonly record struct BreakerPass(long Epoch, bool IsProbe);
