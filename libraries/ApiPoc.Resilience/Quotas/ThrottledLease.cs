using System.Threading.RateLimiting;
using ApiPoc.Domain.Quotas;

namespace ApiPoc.Resilience.Quotas;

/// <summary>
/// The right to send calls now, or why there is none. Tell what a call taught by <see cref="ReportAsync"/>; disposed without, its calls are
/// taken for sent, and nothing is learned.
/// </summary>
public sealed class ThrottledLease : RateLimitLease
{
    private readonly IQuotaEngine? _quota;
    private readonly string _apiId = "";
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly DateTimeOffset _acquiredAt;
    private readonly Queue<Permit> _permits = [];
    private readonly QuotaExhaustedException? _refusal;

    internal ThrottledLease(IQuotaEngine quota, string apiId, IEnumerable<Permit> permits, TimeProvider clock) =>
        (_quota, _apiId, _permits, _clock, _acquiredAt) = (quota, apiId, new(permits), clock, clock.GetUtcNow());

    internal ThrottledLease(QuotaExhaustedException? refusal) => _refusal = refusal;

    /// <inheritdoc/>
    public override bool IsAcquired => _quota is not null;

    /// <inheritdoc/>
    public override IEnumerable<string> MetadataNames =>
        _refusal is null ? [] : [MetadataName.RetryAfter.Name, MetadataName.ReasonPhrase.Name];

    /// <inheritdoc/>
    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = _refusal is null ? null
            : metadataName == MetadataName.RetryAfter.Name ? _refusal.RetryAfter
            : metadataName == MetadataName.ReasonPhrase.Name ? _refusal.Message
            : null;
        return metadata is not null;
    }

    /// <summary>Tells what a call taught, for one of the lease's permits.</summary>
    /// <param name="sentAt">When it was sent.</param>
    /// <param name="statusCode">The HTTP status; null when no answer came.</param>
    /// <param name="headers">What the headers said; see <see cref="QuotaHeaderReader"/>.</param>
    /// <exception cref="InvalidOperationException">Every permit has been reported.</exception>
    /// <exception cref="QuotaUnavailableException">The shared quota cannot be reached; the report is told with the next.</exception>
    public ValueTask ReportAsync(DateTimeOffset sentAt, int? statusCode, QuotaHeaders headers)
    {
        if (!_permits.TryDequeue(out var permit))
            throw new InvalidOperationException("Every permit of the lease has been reported.");
        return _quota!.ReportAsync(
            _apiId, new(permit.Id, permit.Request.Resource, sentAt, _clock.GetUtcNow(), statusCode, headers), CancellationToken.None);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        while (disposing && _permits.Count > 0)
            _ = ForgetAsync();
        base.Dispose(disposing);
    }

    private async Task ForgetAsync()
    {
        try
        {
            await ReportAsync(_acquiredAt, null, QuotaHeaders.None);
        }
        catch (QuotaUnavailableException)
        {
            // The permit expires, which says the same.
        }
    }
}
