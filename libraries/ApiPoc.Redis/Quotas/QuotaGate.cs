using System.Collections.Concurrent;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Redis.Quotas;

/// <summary>Hears, over pub/sub, that an API's key was closed by a 429, so that a call about to leave can be held back in time.</summary>
internal sealed class QuotaGate(StackExchange.Redis.IConnectionMultiplexer redis, QuotaStore store) : IQuotaGate, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, long> _closedUntil = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _starting = new(1, 1);
    private Action<QuotaNotice> _others = _ => { };
    private RedisSubscription? _subscription;

    public TimeSpan ClosedFor(string apiId) =>
        TimeSpan.FromMicroseconds(Math.Max(0, _closedUntil.GetValueOrDefault(apiId) - store.Clock.Now));

    public Task ListenAsync(CancellationToken cancellationToken) => ListenAsync(_ => { }, cancellationToken);

    /// <summary>Starts listening, once; every notice is also handed to <paramref name="others"/>.</summary>
    public async Task ListenAsync(Action<QuotaNotice> others, CancellationToken cancellationToken)
    {
        if (_subscription is not null) return;
        await _starting.WaitAsync(cancellationToken);
        try
        {
            _others = others;
            _subscription ??= await RedisSubscription.StartAsync(redis, QuotaStore.Changes, Heard, cancellationToken);
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

    private void Heard(string message)
    {
        if (QuotaNotice.Parse(message) is not { } notice) return;
        _closedUntil.AddOrUpdate(notice.ApiId, notice.ClosedUntil, (_, known) => Math.Max(known, notice.ClosedUntil));
        _others(notice);
    }
}
