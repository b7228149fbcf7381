using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Worker.Jobs;

/// <summary>Holds a call back until its moment, and altogether when it is not to be sent any more.</summary>
internal sealed class StartGate(IQuotaGate quota, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    /// <summary>A closing that ends sooner is waited for: giving the job back would take as long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until the call may be sent.</summary>
    /// <returns>Null: send it. Otherwise the outcome of an attempt that was not made: the process stops, or a 429 has closed the API meanwhile.</returns>
    public async Task<JobOutcome?> WaitAsync(string apiId, Dispatch dispatch)
    {
        await ListenAsync();
        if (!await IsReachedAsync(dispatch.LeftAt(clock.GetUtcNow())))
            return Outcomes.Busy("stopping");

        while (ClosedFor(apiId, dispatch) is { Ticks: > 0 } closed)
        {
            if (closed > Patience)
                return Outcomes.Busy("closed_by_429", closed);
            // In steps: what is only held until it is known what a 429 means is released early.
            if (!await IsReachedAsync(closed < Step ? closed : Step))
                return Outcomes.Busy("stopping");
        }

        return null;
    }

    // A probe is there to find out whether the API answers again.
    private TimeSpan ClosedFor(string apiId, Dispatch dispatch) => dispatch.IsProbe ? TimeSpan.Zero : quota.ClosedFor(apiId);

    private async Task<bool> IsReachedAsync(TimeSpan left)
    {
        try
        {
            await clock.DelayFullyAsync(left, lifetime.ApplicationStopping);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ListenAsync()
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
