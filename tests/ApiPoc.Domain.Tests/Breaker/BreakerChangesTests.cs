using ApiPoc.Domain.Breaker;
using ApiPoc.Testing;

namespace ApiPoc.Domain.Tests.Breaker;

public sealed class BreakerChangesTests
{
    [Fact]
    public async Task Subscription_NotTaken_IsTriedEachSecondAndEndsWhenStopped()
    {
        var clock = new ManualTimeProvider();
        await using var store = new OneBreaker(clock);
        List<string?> heard = [];
        List<string> troubles = [];
        store.BeforeSubscribe = () => throw new BreakerUnavailableException("away");
        using var stopping = new CancellationTokenSource();

        var listening = store.HearChangesAsync(heard.Add, trouble => troubles.Add(trouble.Message), clock, stopping.Token);
        clock.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => clock.PendingTimers == 1); // it pauses again
        Assert.Equal(["away", "away"], troubles);
        Assert.Null(store.Subscriber);

        store.BeforeSubscribe = null;
        clock.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => store.Subscriber is not null);
        store.Subscriber!("API");
        Assert.Equal([null, "API"], heard); // before it was subscribed, any may have changed unheard

        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
        Assert.Null(store.Subscriber);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!holds())
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, patience.Token);
    }
}
