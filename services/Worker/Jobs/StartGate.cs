using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Worker.Jobs;

/// <summary>Holds a call back until its moment, and altogether when it is not to be sent any more.</summary>
internal sealed class StartGate(IQuotaGate quota, ISharedClock shared, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    /// <summary>Waits until the call may be sent.</summary>
    /// <returns>Null: send it. Otherwise the outcome of an attempt that was not made: the process stops, a 429 has closed the API meanwhile, or it is too late.</returns>
    public async Task<JobOutcome?> WaitAsync(string apiId, string tenant, Dispatch dispatch)
    {
        try
        {
            await clock.DelayFullyAsync(dispatch.LeftAt(shared.Now), lifetime.ApplicationStopping);
            // A probe is there to find out whether the API answers again.
            if (dispatch.IsProbe)
                return null;
            var closed = await quota.WaitOutAsync(apiId, tenant, clock, lifetime.ApplicationStopping);
            if (closed > TimeSpan.Zero)
                return Outcomes.Busy("closed_by_429", closed);
            return dispatch.IsOverdueAt(shared.Now) ? Outcomes.Busy("overdue", TimeSpan.Zero) : null;
        }
        catch (OperationCanceledException)
        {
            return Outcomes.Busy("stopping");
        }
    }

    /// <summary>From now on closings are heard of, and the time shared by all is known.</summary>
    public async Task ListenAsync()
    {
        try
        {
            await quota.ListenAsync(CancellationToken.None);
        }
        catch (QuotaUnavailableException)
        {
            // Unheard, a closing costs one call answered 429; the next attempt listens again.
        }
    }
}
