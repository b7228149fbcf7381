using System.Collections.Concurrent;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Redis.Quotas;

/// <summary>Hears, over pub/sub, that an API's key was closed by a 429, so that a call about to leave can be held back in time.</summary>
internal sealed class QuotaGate(StackExchange.Redis.IConnectionMultiplexer redis, QuotaStore store) : IQuotaGate, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, long> _closedUntil = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _starting = new(1, 1);
    private RedisSubscription? _subscription;

    /// <summary>Called with every notice; set before listening.</summary>
    public Action<QuotaNotice> Heard { get; set; } = _ => { };

    public TimeSpan ClosedFor(string apiId) =>
        TimeSpan.FromMicroseconds(Math.Max(0, _closedUntil.GetValueOrDefault(apiId) - store.Clock.Now));

    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        if (_subscription is not null) return;
        await _starting.WaitAsync(cancellationToken);
        try
        {
            _subscription ??= await RedisSubscription.StartAsync(redis, QuotaStore.Changes, Take, cancellationToken);
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
        if (QuotaNotice.Parse(message) is not { } notice) return;
        _closedUntil.AddOrUpdate(notice.ApiId, notice.ClosedUntil, (_, known) => Math.Max(known, notice.ClosedUntil));
        Heard(notice);
    }
}
