using ApiPoc.Domain.Breaker;

namespace ApiPoc.Orchestrator.Lanes;

/// <summary>Wakes lanes when any process changes their breaker.</summary>
internal sealed class BreakerWatch(IBreakerStore store, BreakerView view, LaneSet lanes, TimeProvider clock, ILogger<BreakerWatch> logger) : BackgroundService
{
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var subscription = await SubscribeAsync(stoppingToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, stoppingToken);
    }

    private async Task<IAsyncDisposable> SubscribeAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                return await store.SubscribeAsync(OnChange, stopping);
            }
            catch (BreakerUnavailableException trouble)
            {
                logger.ChangesUnheard(trouble.Message);
                await Task.Delay(PauseAfterTrouble, clock, stopping);
            }
        }
    }

    private void OnChange(string apiId)
    {
        view.Forget(apiId);
        lanes.Wake(apiId);
    }
}
