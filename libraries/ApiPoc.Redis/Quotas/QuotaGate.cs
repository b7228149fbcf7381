using System.Collections.Concurrent;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Redis.Quotas;

/// <summary>Hears, over pub/sub, that an API's key was closed by a 429, so that a call about to leave can be held back in time.</summary>
internal sealed class QuotaGate(StackExchange.Redis.IConnectionMultiplexer redis, QuotaStore store) : IQuotaGate, IAsyncDisposable
{
    /// <summary>About as long as a report takes from whoever met a 429 to everybody who is about to call.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    private readonly ConcurrentDictionary<string, long> _closedUntil = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _starting = new(1, 1);
    private RedisSubscription? _subscription;

    /// <summary>Called with every notice; set before listening.</summary>
    public Action<QuotaNotice> Heard { get; set; } = _ => { };

    public TimeSpan ClosedFor(string apiId) =>
        TimeSpan.FromMicroseconds(Math.Max(0, _closedUntil.GetValueOrDefault(apiId) - store.Clock.Now));

    public async ValueTask HoldAsync(string apiId)
    {
        // It tells of no new state, so it carries no version.
        var notice = new QuotaNotice(apiId, Version: 0, store.Clock.Now + (long)Pause.TotalMicroseconds);
        Take(notice);
        try
        {
            await store.TellAsync(notice);
        }
        catch (QuotaUnavailableException)
        {
            // Others learn it when the engine does.
        }
    }

    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        if (_subscription is not null) return;
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_subscription is not null) return;
            // Notices are in the store's time, and a process that asks for no permits would not know it.
            await store.LearnTimeAsync(cancellationToken);
            _subscription = await RedisSubscription.StartAsync(redis, QuotaStore.Changes, Take, cancellationToken);
        }
        catch (Exception failure) when (RedisFailure.IsUnavailable(failure))
        {
            throw new QuotaUnavailableException("Redis did not take the subscription to quota changes.", failure);
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _starting.Dispose();
        if (_subscription is { } subscription) await subscription.DisposeAsync();
    }

    private void Take(string message)
    {
        if (QuotaNotice.Parse(message) is { } notice) Take(notice);
    }

    private void Take(QuotaNotice notice)
    {
        _closedUntil.AddOrUpdate(notice.ApiId, notice.ClosedUntil, (_, known) => Math.Max(known, notice.ClosedUntil));
        Heard(notice);
    }
}
