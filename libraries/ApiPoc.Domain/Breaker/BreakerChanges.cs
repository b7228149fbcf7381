namespace ApiPoc.Domain.Breaker;

/// <summary>Hears when any process changes a breaker.</summary>
public static class BreakerChanges
{
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(1);

    /// <summary>Subscribes, once a second until the store takes it, and listens until stopped.</summary>
    /// <param name="store">Where breakers are.</param>
    /// <param name="onChange">Called with the API whose breaker changed; with null when any may have changed unheard. It must return at once.</param>
    /// <param name="onTrouble">Called when the store does not take the subscription.</param>
    /// <param name="clock">Counts the pauses.</param>
    /// <param name="stopping">Ends the subscription.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task HearChangesAsync(
        this IBreakerStore store, Action<string?> onChange, Action<BreakerUnavailableException> onTrouble, TimeProvider clock,
        CancellationToken stopping)
    {
        await using var subscription = await SubscribeAsync(store, onChange, onTrouble, clock, stopping);
        onChange(null);
        await Task.Delay(Timeout.InfiniteTimeSpan, clock, stopping);
    }

    private static async Task<IAsyncDisposable> SubscribeAsync(
        IBreakerStore store, Action<string?> onChange, Action<BreakerUnavailableException> onTrouble, TimeProvider clock,
        CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                return await store.SubscribeAsync(onChange, stopping);
            }
            catch (BreakerUnavailableException trouble)
            {
                onTrouble(trouble);
                await Task.Delay(PauseAfterTrouble, clock, stopping);
            }
        }
    }
}
