using System.Diagnostics;
using ApiPoc.Domain.Quotas.Engine;

namespace ApiPoc.Redis.Quotas;

/// <summary>A report that is still to be written.</summary>
/// <param name="Report">What the call taught.</param>
/// <param name="DueAt">By when (µs, the store's time).</param>
/// <param name="Cause">The trace it belongs to, whoever writes it.</param>
internal sealed record PendingReport(QuotaReport Report, long DueAt, ActivityContext Cause);
