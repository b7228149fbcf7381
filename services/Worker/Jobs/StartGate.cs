using ApiPoc.Domain.Jobs;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Worker.Jobs;

/// <summary>Holds a call back until its moment, and altogether when it is not to be sent any more.</summary>
internal sealed class StartGate(IQuotaGate quota, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    /// <summary>Waits until the call may be sent.</summary>
    /// <returns>Null: send it. Otherwise the outcome of an attempt that was not made: the process stops, or a 429 has closed the API meanwhile.</returns>
    public async Task<JobOutcome?> WaitAsync(string apiId, Dispatch dispatch)
    {
        await ListenAsync();
        if (!await IsMomentReachedAsync(dispatch))
            return Outcomes.Busy("stopping");
        return quota.ClosedFor(apiId) is { Ticks: > 0 } left ? Outcomes.Busy("closed_by_429", left) : null;
    }

    private async Task<bool> IsMomentReachedAsync(Dispatch dispatch)
    {
        var left = dispatch.ArrivedAt + dispatch.StartIn - clock.GetUtcNow();
        // No longer than was asked, should the clock be set back meanwhile.
        left = left < dispatch.StartIn ? left : dispatch.StartIn;
        if (left <= TimeSpan.Zero)
            return true;
        try
        {
            await Task.Delay(left, clock, lifetime.ApplicationStopping);
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
