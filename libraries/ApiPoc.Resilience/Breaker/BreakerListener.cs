using ApiPoc.Domain.Breaker;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.Resilience.Breaker;

/// <summary>Hears that a breaker changed, so that no call goes by what was seen before; unheard, that is believed for seconds only.</summary>
internal sealed class BreakerListener(IBreakerStore store, BreakerView view, TimeProvider clock) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        store.HearChangesAsync(view.Forget, onTrouble: _ => { }, clock, stoppingToken);
}
