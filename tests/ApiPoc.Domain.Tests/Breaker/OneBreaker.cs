using ApiPoc.Domain.Breaker;

namespace ApiPoc.Domain.Tests.Breaker;

/// <summary>A store of one breaker, which does what the test says at the moments that matter.</summary>
internal sealed class OneBreaker(TimeProvider clock) : IBreakerStore, IAsyncDisposable
{
    public BreakerState State { get; set; } = BreakerState.Initial;

    /// <summary>How often the state was read.</summary>
    public int Reads { get; private set; }

    /// <summary>Whoever subscribed, while it does.</summary>
    public Action<string?>? Subscriber { get; private set; }

    /// <summary>Answers with what was read only when this has completed.</summary>
    public Task AnswerAfter { get; set; } = Task.CompletedTask;

    public Action? BeforeWrite { get; set; }

    public Action? BeforeSubscribe { get; set; }

    public async Task<BreakerReading> ReadAsync(string apiId, CancellationToken cancellationToken)
    {
        Reads++;
        var reading = new BreakerReading(State, clock.GetUtcNow());
        await AnswerAfter;
        return reading;
    }

    public Task<bool> TryWriteAsync(string apiId, long expectedEpoch, BreakerState next, CancellationToken cancellationToken)
    {
        BeforeWrite?.Invoke();
        BeforeWrite = null;
        if (State.Epoch != expectedEpoch)
            return Task.FromResult(false);
        State = next;
        return Task.FromResult(true);
    }

    public Task<IAsyncDisposable> SubscribeAsync(Action<string?> onChange, CancellationToken cancellationToken)
    {
        BeforeSubscribe?.Invoke();
        Subscriber = onChange;
        return Task.FromResult<IAsyncDisposable>(this);
    }

    public ValueTask DisposeAsync()
    {
        Subscriber = null;
        return ValueTask.CompletedTask;
    }
}

/// <summary>A failure window that says what the test says; without a word, that no failure matters.</summary>
internal sealed class ToldFailures(CallTally? counted = null, CallTally? recounted = null) : IFailureWindow
{
    private static readonly CallTally None = new(1, 0);

    public void CountSuccess(string apiId, long epoch, TimeSpan window)
    {
    }

    public Task<CallTally> CountFailureAsync(string apiId, long epoch, TimeSpan window, CancellationToken cancellationToken) =>
        Task.FromResult(counted ?? None);

    public Task<CallTally> RecountAsync(string apiId, long epoch, TimeSpan window, CancellationToken cancellationToken) =>
        Task.FromResult(recounted ?? None);
}
