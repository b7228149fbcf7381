using ApiPoc.Domain.Quotas;

namespace ApiPoc.Testing;

/// <summary>Permits every call at once, for tests of what comes after. A test may hold it shut.</summary>
public sealed class OpenQuotaEngine(TimeProvider clock) : IQuotaEngine
{
    private int _granted;
    private int _returned;

    /// <summary>While set, nothing is permitted and this is how long the asker is told to wait.</summary>
    public TimeSpan? ShutFor { get; set; }

    /// <summary>Permits granted so far.</summary>
    public int Granted => _granted;

    /// <summary>Permits returned so far.</summary>
    public int Returned => _returned;

    /// <inheritdoc/>
    public ValueTask<PermitGrant> AskAsync(string apiId, IReadOnlyList<PermitRequest> requests, CancellationToken cancellationToken)
    {
        if (ShutFor is { } wait)
            return ValueTask.FromResult(new PermitGrant([], wait, "the test"));
        var now = clock.GetUtcNow();
        Permit[] permits = [.. requests.Select(request => new Permit($"{Interlocked.Increment(ref _granted)}", request, now))];
        return ValueTask.FromResult(new PermitGrant(permits, TimeSpan.Zero, ""));
    }

    /// <inheritdoc/>
    public ValueTask ReturnAsync(string apiId, IReadOnlyList<Permit> permits, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _returned, permits.Count);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReportAsync(string apiId, CallReport report, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public Task WaitForChangeAsync(string apiId, TimeSpan atMost, CancellationToken cancellationToken) => Task.Delay(atMost, clock, cancellationToken);
}
