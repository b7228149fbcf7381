using System.Collections.Concurrent;
using System.Globalization;
using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;
using ApiPoc.Redis.Gathering;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiPoc.Redis.Quotas;

/// <summary>The quota engine over Redis: the pure rules of the domain on a state that all processes share.</summary>
internal sealed class RedisQuotaEngine(
    QuotaStore store, SharedQuotas quotas, TimeProvider clock, IOptions<QuotaStoreOptions> options, QuotaGate gate, ILogger<RedisQuotaEngine> logger)
    : IQuotaEngine, IDisposable
{
    private readonly ConcurrentDictionary<string, ApiQuota> _quotas = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _changes = new(StringComparer.Ordinal);

    public async ValueTask<PermitGrant> AskAsync(string apiId, IReadOnlyList<PermitRequest> requests, CancellationToken cancellationToken)
    {
        await ListenAsync(cancellationToken);
        var quota = QuotaOf(apiId).Quota;
        var answer = await quota.AskAsync(requests, cancellationToken);
        var permits = answer.Grants.Select(grant => new Permit(
            grant.PermitId.ToString(CultureInfo.InvariantCulture), requests[grant.Request], store.Clock.ToLocal(grant.Moment)));
        var now = store.Clock.Now;
        return new PermitGrant([.. permits], answer.Waits.Count == 0 ? TimeSpan.Zero : From(now, answer.AskAgainAt), answer.WaitingFor)
        {
            Waits = [.. answer.Waits.Select(wait => new PermitWait(requests[wait.Request], wait.For, From(now, wait.AskAgainAt ?? answer.AskAgainAt), wait.IsTenantsOwn))],
        };
    }

    public ValueTask ReturnAsync(string apiId, IReadOnlyList<Permit> permits, CancellationToken cancellationToken)
    {
        var (quota, _, write) = QuotaOf(apiId);
        quota.Add(permits.Select(permit => long.Parse(permit.Id, CultureInfo.InvariantCulture)));
        write.Within(options.Value.GatherReports);
        return ValueTask.CompletedTask;
    }

    public async ValueTask ReportAsync(string apiId, CallReport report, CancellationToken cancellationToken)
    {
        if (!long.TryParse(report.PermitId, CultureInfo.InvariantCulture, out var permit)) return;
        var (quota, wake, write) = QuotaOf(apiId);
        var within = quota.Add(
            new QuotaReport(permit, store.Clock.ToShared(report.SentAt), store.Clock.ToShared(report.AnsweredAt), report.StatusCode, report.Headers),
            options.Value.GatherReports);
        if (report.StatusCode is 429)
        {
            await quota.AskAsync([], cancellationToken);
            await gate.ReleaseAsync(apiId);
            Signal(apiId);
            return;
        }

        if (quota.IsHeldBack) wake.Within(within);
        write.Within(quota.IsHeldBack ? options.Value.GatherReports : within);
    }

    public async Task WaitForChangeAsync(string apiId, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var change = _changes.GetOrAdd(apiId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        await Task.WhenAny(change, Task.Delay(atMost, clock, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        foreach (var known in _quotas.Values) known.Quota.Dispose();
    }

    private ApiQuota QuotaOf(string apiId) => _quotas.GetOrAdd(apiId, id =>
    {
        var quota = quotas.Open(id);
        return new(quota, new(() => WakeAsync(id, quota), clock), new(() => WriteAsync(id, quota), clock));
    });

    /// <summary>Whoever waits asks now, and the ask carries along what has gathered.</summary>
    private Task WakeAsync(string apiId, SharedQuota quota) => Signal(apiId) ? Task.CompletedTask : WriteAsync(apiId, quota);

    /// <summary>Writes what has gathered, unless an ask has carried it along by then.</summary>
    private async Task WriteAsync(string apiId, SharedQuota quota)
    {
        try
        {
            await quota.AskAsync([], CancellationToken.None);
        }
        catch (QuotaUnavailableException failure)
        {
            logger.ReportsDelayed(apiId, failure.Message);
        }
        catch (ObjectDisposedException)
        {
            // The engine was disposed of before this was due: nobody asks it for permits any more.
        }

        Signal(apiId);
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        gate.Heard = Noticed;
        await gate.ListenAsync(cancellationToken);
    }

    private void Noticed(QuotaNotice notice)
    {
        if (_quotas.TryGetValue(notice.ApiId, out var known)) known.Quota.Noticed(notice.Version);
    }

    private static TimeSpan From(long now, long until) => TimeSpan.FromMicroseconds(Math.Max(0, until - now));

    /// <returns>Whether anybody waited.</returns>
    private bool Signal(string apiId) => _changes.TryRemove(apiId, out var change) && change.TrySetResult();

    /// <summary>An API's quota, and what is done with what has gathered: whoever waits for it is woken, or it is written.</summary>
    private sealed record ApiQuota(SharedQuota Quota, Deferred Wake, Deferred Write);
}
