using ApiPoc.Domain.Breaker;

namespace ApiPoc.Orchestrator.Lanes;

/// <summary>Wakes lanes when any process changes their breaker.</summary>
internal sealed class BreakerWatch(IBreakerStore store, BreakerView view, LaneSet lanes, TimeProvider clock, ILogger<BreakerWatch> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        store.HearChangesAsync(OnChange, trouble => logger.ChangesUnheard(trouble.Message), clock, stoppingToken);

    private void OnChange(string? apiId)
    {
        view.Forget(apiId);
        lanes.Wake(apiId);
    }
}
