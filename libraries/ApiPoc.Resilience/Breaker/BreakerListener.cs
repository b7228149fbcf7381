using ApiPoc.Domain.Breaker;
using Microsoft.Extensions.Hosting;

namespace ApiPoc.Resilience.Breaker;

/// <summary>Hears that a breaker changed, so that no call goes by what was seen before.</summary>
internal sealed class BreakerListener(IBreakerStore store, SharedBreaker breaker, TimeProvider clock) : BackgroundService
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
                return await store.SubscribeAsync(breaker.Forget, stopping);
            }
            catch (BreakerUnavailableException)
            {
                // Meanwhile what was seen is believed for a second only.
                await Task.Delay(PauseAfterTrouble, clock, stopping);
            }
        }
    }
}
