using System.Threading.RateLimiting;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Resilience.Quotas;

/// <summary>
/// The shared quota of an API as .NET's own <see cref="RateLimiter"/>: <see cref="RateLimiter.AcquireAsync"/> waits for permits and their
/// moments; <see cref="RateLimiter.AttemptAcquire"/> takes those that may be used at once, at the price of a round trip to Redis on
/// the calling thread. Leases are <see cref="ThrottledLease"/>s.
/// </summary>
/// <param name="desk">Where permits come from.</param>
/// <param name="quota">Who is told what calls teach.</param>
/// <param name="maxWait">The longest wait for a lease; after it, or when it is known to be in vain, the lease is not acquired.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="resource">What is called: decides which limits a permit charges.</param>
/// <param name="tenant">Whose share of the quota it uses, and whose own limits it charges; default the tenant without a name.</param>
public sealed class ThrottledRateLimiter(PermitDesk desk, IQuotaEngine quota, TimeSpan maxWait, TimeProvider clock, string resource = "", string tenant = "")
    : RateLimiter
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(1);

    private long _idleSince = clock.GetTimestamp();
    private long _acquired;
    private long _refused;

    /// <inheritdoc/>
    public override TimeSpan? IdleDuration => desk.Waiting > 0 ? null : clock.GetElapsedTime(Interlocked.Read(ref _idleSince));

    /// <summary>Leases given and refused, and who waits. How many permits there are only the shared quota knows: it reads as 0.</summary>
    public override RateLimiterStatistics? GetStatistics() => new()
    {
        CurrentQueuedCount = desk.Waiting,
        TotalSuccessfulLeases = Interlocked.Read(ref _acquired),
        TotalFailedLeases = Interlocked.Read(ref _refused),
    };

    /// <inheritdoc/>
    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        List<Permit> permits = [];
        long startedAt = clock.GetTimestamp();
        try
        {
            while (permits.Count < permitCount)
                permits.Add(await desk.AcquireAsync(NewRequest(), maxWait - clock.GetElapsedTime(startedAt), cancellationToken));
            foreach (var permit in permits)
                await clock.DelayFullyAsync(permit.NotBefore - clock.GetUtcNow(), cancellationToken);
            return Acquired(permits);
        }
        catch (QuotaExhaustedException refusal)
        {
            await ReturnAsync(permits);
            return Refused(refusal);
        }
        catch
        {
            await ReturnAsync(permits);
            throw;
        }
    }

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        PermitRequest[] requests = [.. Enumerable.Range(0, permitCount).Select(_ => NewRequest())];
        var grant = Task.Run(async () => await quota.AskAsync(desk.ApiId, requests, CancellationToken.None)).GetAwaiter().GetResult();
        var soonest = clock.GetUtcNow() + AtOnce;
        if (grant.Permits.Count == permitCount && grant.Permits.All(permit => permit.NotBefore <= soonest))
            return Acquired(grant.Permits);

        _ = ReturnAsync(grant.Permits);
        var wait = grant.Permits.Count == permitCount ? grant.Permits.Max(permit => permit.NotBefore) - clock.GetUtcNow() : grant.AskAgainAfter;
        return Refused(new(desk.ApiId, grant.WaitingFor, wait));
    }

    private Task ReturnAsync(IEnumerable<Permit> permits) => Task.WhenAll(permits.Select(desk.ReturnAsync));

    private PermitRequest NewRequest() => new("", resource, tenant);

    private ThrottledLease Acquired(IReadOnlyList<Permit> permits)
    {
        Interlocked.Increment(ref _acquired);
        Interlocked.Exchange(ref _idleSince, clock.GetTimestamp());
        return new(quota, desk.ApiId, permits, clock);
    }

    private ThrottledLease Refused(QuotaExhaustedException refusal)
    {
        Interlocked.Increment(ref _refused);
        Interlocked.Exchange(ref _idleSince, clock.GetTimestamp());
        return new(refusal);
    }
}
