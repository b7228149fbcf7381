using System.Collections.Concurrent;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Redis.Quotas;

/// <summary>Hears, over pub/sub, that an API's key was closed by a 429, so that a call about to leave can be held back in time.</summary>
internal sealed class QuotaGate(StackExchange.Redis.IConnectionMultiplexer redis, QuotaStore store, ClosingMetrics metrics) : IQuotaGate, IAsyncDisposable
{
    /// <summary>As long as it may take from a 429 to the engine's having said what it means; usually it is a few milliseconds.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(150);

    private readonly ConcurrentDictionary<(string ApiId, string? Tenant), long> _closedUntil = new();
    private readonly ConcurrentDictionary<string, long> _heldUntil = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _starting = new(1, 1);
    private RedisSubscription? _subscription;

    /// <summary>Called with every notice; set before listening.</summary>
    public Action<QuotaNotice> Heard { get; set; } = _ => { };

    public TimeSpan ClosedFor(string apiId, string tenant)
    {
        var closed = Math.Max(_closedUntil.GetValueOrDefault((apiId, null)), _closedUntil.GetValueOrDefault((apiId, tenant)));
        return TimeSpan.FromMicroseconds(Math.Max(0, Math.Max(closed, _heldUntil.GetValueOrDefault(apiId)) - store.Clock.Now));
    }

    public ValueTask HoldAsync(string apiId) =>
        TellAsync(new QuotaNotice(apiId, QuotaNotice.Hold, store.Clock.Now + (long)LongestHold.TotalMicroseconds));

    /// <summary>The engine has said what a 429 means: whoever still may call need not wait.</summary>
    public ValueTask ReleaseAsync(string apiId) => TellAsync(new QuotaNotice(apiId, QuotaNotice.Release, 0));

    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        if (_subscription is not null && store.IsTimeKnown) return;
        await _starting.WaitAsync(cancellationToken);
        try
        {
            // Calls' moments are in the store's time, and a process that asks for no permits would not know it.
            await store.LearnTimeAsync(cancellationToken);
            _subscription ??= await RedisSubscription.StartAsync(redis, QuotaStore.Changes, Take, onGap: null, cancellationToken);
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

    public async Task<ApiClosing?> LookAsync(string apiId, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(apiId, cancellationToken) is not { Closing: { } closing } state) return null;
        var left = state.ClosedUntil - store.Clock.Now;
        return left <= 0 ? null : new(
            state.ClosedBy, store.Clock.ToLocal(closing.Since), store.Clock.ToLocal(state.ClosedUntil), TimeSpan.FromMicroseconds(left), closing.Refusals);
    }

    public async ValueTask DisposeAsync()
    {
        _starting.Dispose();
        if (_subscription is { } subscription) await subscription.DisposeAsync();
    }

    private async ValueTask TellAsync(QuotaNotice notice)
    {
        Take(notice);
        try
        {
            await store.TellAsync(notice);
        }
        catch (QuotaUnavailableException)
        {
            // Others learn of a closing when they reach the state again, and a hold ends by itself.
        }
    }

    private void Take(string message)
    {
        if (QuotaNotice.Parse(message) is { } notice) Take(notice);
    }

    private void Take(QuotaNotice notice)
    {
        if (notice.Version <= QuotaNotice.Hold)
        {
            _heldUntil[notice.ApiId] = notice.ClosedUntil;
            return;
        }

        metrics.Heard(notice.ApiId, Close((notice.ApiId, null), notice.ClosedUntil));
        foreach (var (tenant, until) in notice.Tenants) Close((notice.ApiId, tenant), until);
        Heard(notice);
    }

    private long Close((string ApiId, string? Tenant) key, long until) => _closedUntil.AddOrUpdate(key, until, (_, known) => Math.Max(known, until));
}
