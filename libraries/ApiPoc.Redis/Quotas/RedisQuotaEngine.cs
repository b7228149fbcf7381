using System.Collections.Concurrent;
using System.Globalization;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Quotas;
using ApiPoc.Domain.Quotas.Engine;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiPoc.Redis.Quotas;

/// <summary>The quota engine over Redis: the pure rules of the domain on a state that all processes share.</summary>
internal sealed class RedisQuotaEngine(
    QuotaStore store, TimeProvider clock, IOptions<ApisOptions> apis, IOptions<QuotaStoreOptions> options, QuotaGate gate, ILogger<RedisQuotaEngine> logger)
    : IQuotaEngine, IDisposable
{
    private readonly ConcurrentDictionary<string, SharedQuota> _quotas = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _changes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _flushes = new(StringComparer.Ordinal);

    public async ValueTask<PermitGrant> AskAsync(string apiId, IReadOnlyList<PermitRequest> requests, CancellationToken cancellationToken)
    {
        await ListenAsync(cancellationToken);
        var answer = await QuotaOf(apiId).AskAsync(requests, cancellationToken);
        var permits = answer.Grants.Select(grant => new Permit(
            grant.PermitId.ToString(CultureInfo.InvariantCulture), requests[grant.Request], store.Clock.ToLocal(grant.Moment), store.Clock.ToLocal(grant.Moment + QuotaRules.PermitLife)));
        var wait = TimeSpan.FromMicroseconds(Math.Max(0, answer.AskAgainAt - store.Clock.Now));
        return new PermitGrant([.. permits], answer.Grants.Count == requests.Count ? TimeSpan.Zero : wait, answer.WaitingFor);
    }

    public ValueTask ReturnAsync(string apiId, IReadOnlyList<Permit> permits, CancellationToken cancellationToken)
    {
        QuotaOf(apiId).Add(permits.Select(permit => long.Parse(permit.Id, CultureInfo.InvariantCulture)));
        Gather(apiId);
        return ValueTask.CompletedTask;
    }

    public async ValueTask ReportAsync(string apiId, CallReport report, CancellationToken cancellationToken)
    {
        if (!long.TryParse(report.PermitId, CultureInfo.InvariantCulture, out var permit)) return;
        var quota = QuotaOf(apiId);
        quota.Add(new QuotaReport(permit, store.Clock.ToShared(report.SentAt), store.Clock.ToShared(report.AnsweredAt), report.StatusCode, report.Headers));
        if (report.StatusCode is not 429 && !quota.IsHeldBack)
        {
            Gather(apiId);
            return;
        }

        await quota.AskAsync([], cancellationToken);
        if (report.StatusCode is 429) await gate.ReleaseAsync(apiId);
        Signal(apiId);
    }

    public async Task WaitForChangeAsync(string apiId, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var change = _changes.GetOrAdd(apiId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        await Task.WhenAny(change, Task.Delay(atMost, clock, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        foreach (var quota in _quotas.Values) quota.Dispose();
    }

    private SharedQuota QuotaOf(string apiId) => _quotas.GetOrAdd(apiId, id =>
    {
        if (!apis.Value.TryGetValue(id, out var api)) throw new KeyNotFoundException($"No API '{id}' is configured.");
        var rules = new QuotaRules([.. api.Limits.Select(limit => new ResourcePattern(limit.AppliesTo))], api.TenantWeights);
        return new SharedQuota(id, store, rules, api.Limits);
    });

    /// <summary>Writes what has gathered after a short while, unless an ask has carried it along by then.</summary>
    private void Gather(string apiId)
    {
        if (_flushes.TryGetValue(apiId, out var running) && !running.IsCompleted) return;
        _flushes[apiId] = FlushAsync(apiId);
    }

    private async Task FlushAsync(string apiId)
    {
        try
        {
            await Task.Delay(options.Value.GatherReports, clock);
            await QuotaOf(apiId).AskAsync([], CancellationToken.None);
        }
        catch (QuotaUnavailableException failure)
        {
            logger.ReportsDelayed(apiId, failure.Message);
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
        if (_quotas.TryGetValue(notice.ApiId, out var quota)) quota.Noticed(notice.Version);
    }

    private void Signal(string apiId)
    {
        if (_changes.TryRemove(apiId, out var change)) change.TrySetResult();
    }
}
