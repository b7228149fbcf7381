using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Domain.Quotas;

/// <summary>
/// The consumer's pacing, whatever the API: ask with jobs in hand, get permits, each with its moment. All processes that
/// name the same API share one quota.
/// </summary>
public interface IQuotaEngine
{
    /// <summary>Asks for one permit per job in hand; grants as many as the quota allows now or very soon, possibly none.</summary>
    /// <param name="apiId">The API, as configured.</param>
    /// <param name="requests">The jobs in hand, most urgent first.</param>
    /// <param name="cancellationToken">Gives up waiting; a grant may be lost until it expires.</param>
    /// <exception cref="QuotaUnavailableException">The shared state could not be reached and no safe share is left.</exception>
    ValueTask<PermitGrant> AskAsync(string apiId, IReadOnlyList<PermitRequest> requests, CancellationToken cancellationToken);

    /// <summary>Gives back permits whose call was never sent.</summary>
    ValueTask ReturnAsync(string apiId, IReadOnlyList<Permit> permits, CancellationToken cancellationToken);

    /// <summary>
    /// Tells what a call taught. A 429 closes the API for every process until its time; everything else is evidence of how
    /// large the quota is and when its windows open.
    /// </summary>
    ValueTask ReportAsync(string apiId, CallReport report, CancellationToken cancellationToken);

    /// <summary>Completes when asking again may be answered differently, at the latest after <paramref name="atMost"/>.</summary>
    Task WaitForChangeAsync(string apiId, TimeSpan atMost, CancellationToken cancellationToken);
}

/// <summary>A job in hand that wants to call.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Resource">The resource it will read: decides which limits it charges.</param>
/// <param name="Tenant">Whose share it uses; empty is the default tenant.</param>
public sealed record PermitRequest(string JobId, string Resource, string Tenant);

/// <summary>The right to send one call, once.</summary>
/// <param name="Id">Names the permit in reports and returns.</param>
/// <param name="Request">The job it was granted for.</param>
/// <param name="NotBefore">The earliest moment to send, by this process's clock.</param>
public sealed record Permit(string Id, PermitRequest Request, DateTimeOffset NotBefore)
{
    /// <summary>So long after <see cref="NotBefore"/> the call is sent, or the permit returned: later it belongs to windows it was not granted for.</summary>
    public static TimeSpan SendWithin { get; } = TimeSpan.FromMicroseconds(QuotaRules.SendWithin);
}

/// <summary>The answer to an ask.</summary>
/// <param name="Permits">Granted permits, for a subset of the requests.</param>
/// <param name="AskAgainAfter">When requests were left over: how long until asking again can be of use; zero when none were left.</param>
/// <param name="WaitingFor">When requests were left over: the limit waited for, for people (<c>survey 60 s</c>, <c>closed by 429</c>).</param>
public sealed record PermitGrant(IReadOnlyList<Permit> Permits, TimeSpan AskAgainAfter, string WaitingFor)
{
    /// <summary>The requests that were left over, each with what it waits for; empty where only the above is known.</summary>
    public IReadOnlyList<PermitWait> Waits { get; init; } = [];
}

/// <summary>A request that was left over.</summary>
/// <param name="Request">The request.</param>
/// <param name="For">The limit it waits for, for people.</param>
/// <param name="After">How long until asking for it again can be of use.</param>
/// <param name="IsTenantsOwn">Whether only its tenant waits for that: others may be granted more meanwhile.</param>
public sealed record PermitWait(PermitRequest Request, string For, TimeSpan After, bool IsTenantsOwn);

/// <summary>What one call taught.</summary>
/// <param name="PermitId">The permit it used; null for a call without one (a probe).</param>
/// <param name="Resource">The resource it read.</param>
/// <param name="SentAt">When the request was sent, by this process's clock.</param>
/// <param name="AnsweredAt">When the answer's headers arrived; equals <paramref name="SentAt"/> when none did.</param>
/// <param name="StatusCode">The HTTP status; null when no answer came.</param>
/// <param name="Headers">What the headers said of the quota.</param>
public sealed record CallReport(
    string? PermitId, string Resource, DateTimeOffset SentAt, DateTimeOffset AnsweredAt, int? StatusCode, QuotaHeaders Headers);

/// <summary>What an answer's headers said of the quota; everything may be absent.</summary>
/// <param name="Limit">The quota's size, in requests.</param>
/// <param name="Window">The quota's window.</param>
/// <param name="Remaining">Requests left in the current window.</param>
/// <param name="ResetAfter">Time until more quota.</param>
/// <param name="RetryAfter">What Retry-After asked.</param>
public sealed record QuotaHeaders(long? Limit, TimeSpan? Window, long? Remaining, TimeSpan? ResetAfter, TimeSpan? RetryAfter)
{
    /// <summary>Headers that said nothing.</summary>
    public static QuotaHeaders None { get; } = new(null, null, null, null, null);

    /// <summary>Every policy the API named with its size and window; empty when it named none.</summary>
    public IReadOnlyList<QuotaPolicyHeader> Policies { get; init; } = [];
}

/// <summary>One policy of a <c>RateLimit-Policy</c> header, with its state where <c>RateLimit</c> tells it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Limit">Its size, in requests.</param>
/// <param name="Window">Its window.</param>
/// <param name="Remaining">Requests left.</param>
/// <param name="ResetAfter">Time until more quota.</param>
public sealed record QuotaPolicyHeader(string Name, long Limit, TimeSpan Window, long? Remaining, TimeSpan? ResetAfter);

/// <summary>The shared quota state could not be reached.</summary>
public sealed class QuotaUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
