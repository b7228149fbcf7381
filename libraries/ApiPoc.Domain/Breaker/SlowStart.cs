using System.Collections.Concurrent;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Domain.Breaker;

/// <summary>
/// Keeps an API that has just recovered from being met with everything that has waited: after its breaker closes, a process has one call
/// under way, and one more for each that goes well. That doubles them with every round trip, as TCP's slow start does (RFC 5681), until they are
/// as many as the quota permits. It stands before the quota engine and asks it for no more permits than that.
/// </summary>
public sealed class SlowStart(IQuotaEngine quota, BreakerView breakers) : IQuotaEngine
{
    /// <summary>What is waited for, as people are told.</summary>
    public const string WaitingFor = "slow start after the breaker closed";

    /// <summary>A call that ends wakes who waits; this only bounds the harm of one that does not.</summary>
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, Recovery> _recoveries = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<PermitGrant> AskAsync(string apiId, IReadOnlyList<PermitRequest> requests, CancellationToken cancellationToken)
    {
        var recovery = Of(apiId);
        int room = recovery.Room(await LookAsync(apiId, cancellationToken)) ?? int.MaxValue;
        if (room <= 0 && requests.Count > 0)
            return new([], LookAgainAfter, WaitingFor);

        var grant = await quota.AskAsync(apiId, room < requests.Count ? [.. requests.Take(room)] : requests, cancellationToken);
        recovery.Granted(grant.Permits);
        return grant.Permits.Count == room && room < requests.Count ? new(grant.Permits, LookAgainAfter, WaitingFor) : grant;
    }

    /// <inheritdoc/>
    public ValueTask ReturnAsync(string apiId, IReadOnlyList<Permit> permits, CancellationToken cancellationToken)
    {
        foreach (var permit in permits)
            Of(apiId).Ended(permit.Id, isWell: false);
        return quota.ReturnAsync(apiId, permits, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask ReportAsync(string apiId, CallReport report, CancellationToken cancellationToken)
    {
        if (report.PermitId is { } permit)
            Of(apiId).Ended(permit, isWell: report.StatusCode is < 500 and not 429);
        return quota.ReportAsync(apiId, report, cancellationToken);
    }

    /// <inheritdoc/>
    public Task WaitForChangeAsync(string apiId, TimeSpan atMost, CancellationToken cancellationToken) =>
        quota.WaitForChangeAsync(apiId, atMost, cancellationToken);

    private Recovery Of(string apiId) => _recoveries.GetOrAdd(apiId, _ => new());

    private async ValueTask<BreakerReading> LookAsync(string apiId, CancellationToken cancellationToken)
    {
        try
        {
            return await breakers.LookAsync(apiId, cancellationToken);
        }
        catch (BreakerUnavailableException failure)
        {
            throw new QuotaUnavailableException($"Whether {apiId} has just recovered cannot be read.", failure);
        }
    }

    /// <summary>One API's way back, in this process.</summary>
    private sealed class Recovery
    {
        /// <summary>So many calls at once went well that the API is well; from then on the quota decides.</summary>
        private const int Enough = 64;

        /// <summary>An API that closed its breaker so long ago is well, whoever comes.</summary>
        private static readonly TimeSpan OverAfter = TimeSpan.FromSeconds(30);

        private readonly Lock _lock = new();
        private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);
        private long _epoch;
        private int _places = Enough;

        /// <summary>How many more calls may leave; null for as many as the quota permits.</summary>
        public int? Room(BreakerReading reading)
        {
            // A breaker that is not closed lets its probe through and nothing else. A closed one's epoch is the time at which it closed.
            if (reading.State is not { Circuit: CircuitState.Closed, Epoch: var epoch } || reading.Now - DateTimeOffset.FromUnixTimeMilliseconds(epoch) >= OverAfter)
                return null;
            lock (_lock)
            {
                if (epoch != _epoch)
                {
                    _underWay.Clear();
                    (_epoch, _places) = (epoch, 1);
                }
                return _places < Enough ? _places - _underWay.Count : null;
            }
        }

        public void Granted(IEnumerable<Permit> permits)
        {
            lock (_lock)
            {
                if (_places < Enough)
                    _underWay.UnionWith(permits.Select(permit => permit.Id));
            }
        }

        public void Ended(string permitId, bool isWell)
        {
            lock (_lock)
            {
                if (_underWay.Remove(permitId) && isWell)
                    _places++;
            }
        }
    }
}
