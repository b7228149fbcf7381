namespace ApiPoc.Domain.Throttling;

/// <summary>The answer of an <see cref="IAdmission"/>.</summary>
/// <param name="IsAdmitted">Whether every limit admitted.</param>
/// <param name="At">The store's time of the decision.</param>
/// <param name="Limits">The state of every limit asked about, in the order asked.</param>
public sealed record AdmissionDecision(bool IsAdmitted, DateTimeOffset At, IReadOnlyList<LimitStatus> Limits)
{
    /// <summary>The first limit that refused, in the order asked; null when admitted.</summary>
    public LimitStatus? Refusal => IsAdmitted ? null : Limits.FirstOrDefault(limit => limit.IsRefusing);

    /// <summary>How long until every limit would admit the same cost if nothing else is charged: exact to the microsecond, zero when admitted.</summary>
    public TimeSpan RetryAfter => Limits.Where(limit => limit.IsRefusing).Select(limit => limit.RetryAfter).DefaultIfEmpty().Max();
}

/// <summary>One limit's state after a decision.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="IsRefusing">Whether this limit refused.</param>
/// <param name="Remaining">Whole requests it would still admit now; at least 0.</param>
/// <param name="RetryAfter">How long until it would admit the asked cost; zero when it admits; <see cref="TimeSpan.MaxValue"/> when the cost exceeds its capacity.</param>
/// <param name="ResetAfter">How long until it is full again (bucket), or its window ends; zero when untouched.</param>
public sealed record LimitStatus(Limit Limit, bool IsRefusing, long Remaining, TimeSpan RetryAfter, TimeSpan ResetAfter);
