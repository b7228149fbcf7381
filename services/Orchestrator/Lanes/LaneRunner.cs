using ApiPoc.Domain.Breaker;
using ApiPoc.Domain.Quotas;
using ApiPoc.Orchestrator.Dispatching;
using ApiPoc.Orchestrator.Probing;

namespace ApiPoc.Orchestrator.Lanes;

/// <summary>
/// The loop of one API: while its breaker is closed, dispatch what the quota permits; while it is not, hold everything back and probe
/// when that is due. Between the steps it sleeps until something changes.
/// </summary>
internal sealed class LaneRunner(
    BreakerView breaker, IQuotaEngine quota, DispatchStep dispatch, ProbeStep probe, LaneSet lanes, ILogger<LaneRunner> logger)
{
    // Everything that matters wakes the loop; this only bounds the harm of a notice that was lost.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(1);

    public async Task RunAsync(Lane lane, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var sleep = await StepAsync(lane, stopping);
            lanes.RoomChanged.Set();
            await SleepAsync(lane, sleep, stopping);
        }
    }

    private async Task<Sleep> StepAsync(Lane lane, CancellationToken stopping)
    {
        try
        {
            var reading = await breaker.ReadAsync(lane.ApiId, stopping);
            if (reading.State.Circuit == CircuitState.Closed)
                return await dispatch.RunAsync(lane, reading.State.Epoch, stopping);
            return await probe.RunAsync(lane, reading, stopping);
        }
        catch (Exception trouble) when (trouble is BreakerUnavailableException or QuotaUnavailableException)
        {
            logger.SharedStateUnavailable(lane.ApiId, trouble.Message);
            lane.Wait = LaneWait.SharedState;
            return new(PauseAfterTrouble);
        }
        catch (Exception trouble) when (!stopping.IsCancellationRequested)
        {
            logger.LaneTroubled(trouble, lane.ApiId);
            return new(PauseAfterTrouble);
        }
    }

    private async Task SleepAsync(Lane lane, Sleep sleep, CancellationToken stopping)
    {
        var time = sleep.AtMost is { } atMost && atMost < LongestSleep ? atMost : LongestSleep;
        if (time <= TimeSpan.Zero)
            return;
        try
        {
            await lane.Changed.WaitAsync(
                time, sleep.IsForQuota ? token => quota.WaitForChangeAsync(lane.ApiId, time, token) : null, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The loop's condition ends it.
        }
    }
}

/// <summary>How a step wants to sleep.</summary>
/// <param name="AtMost">The longest sleep; null for as long as nothing changes.</param>
/// <param name="IsForQuota">Whether a change of the quota is to wake it as well.</param>
internal readonly record struct Sleep(TimeSpan? AtMost, bool IsForQuota = false);
