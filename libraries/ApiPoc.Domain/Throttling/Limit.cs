namespace ApiPoc.Domain.Throttling;

/// <summary>
/// One rule with a key and a capacity. Limits of one type with equal keys share one state wherever they are asked about; they
/// have equal numbers, except across a change of configuration, which the next decision obeys. Bounds of all numbers: <see cref="LimitSet"/>.
/// </summary>
/// <param name="Key">Where the state lives, unique per thing counted, e.g. <c>survey:interview:my-key</c>; the store adds its own prefix.</param>
/// <param name="Name">What a refusal calls this limit, e.g. <c>survey:interview</c>; shown to callers, so it holds no secret.</param>
public abstract record Limit(string Key, string Name)
{
    /// <summary>The most that can be admitted at one instant, in requests; at least 1.</summary>
    public abstract long Capacity { get; }
}

/// <summary>
/// A token bucket with continuous refill, decided as GCRA (ITU-T I.371, "generic cell rate algorithm"): admits at most
/// <c>Burst + Rate × t</c> requests in any interval of t seconds.
/// </summary>
/// <param name="Key"><inheritdoc cref="Limit(string, string)" path="/param[@name='Key']"/></param>
/// <param name="Name"><inheritdoc cref="Limit(string, string)" path="/param[@name='Name']"/></param>
/// <param name="Rate">Refill in requests per second; above 0, finite.</param>
/// <param name="Burst">The bucket's size in requests; at least 1.</param>
public sealed record TokenBucketLimit(string Key, string Name, double Rate, long Burst) : Limit(Key, Name)
{
    /// <inheritdoc/>
    public override long Capacity => Burst;
}

/// <summary>A fixed window that opens at the first request after the previous one ended.</summary>
/// <param name="Key"><inheritdoc cref="Limit(string, string)" path="/param[@name='Key']"/></param>
/// <param name="Name"><inheritdoc cref="Limit(string, string)" path="/param[@name='Name']"/></param>
/// <param name="Count">Requests per window; at least 1.</param>
/// <param name="Period">The window's length; at least 1 ms.</param>
public sealed record WindowLimit(string Key, string Name, long Count, TimeSpan Period) : Limit(Key, Name)
{
    /// <inheritdoc/>
    public override long Capacity => Count;
}

/// <summary>A calendar window: days and weeks begin at midnight, months on the 1st, in a zone of fixed offset from UTC.</summary>
/// <param name="Key"><inheritdoc cref="Limit(string, string)" path="/param[@name='Key']"/></param>
/// <param name="Name"><inheritdoc cref="Limit(string, string)" path="/param[@name='Name']"/></param>
/// <param name="Count">Requests per period; at least 1.</param>
/// <param name="Period">Day, week or month.</param>
public sealed record CalendarLimit(string Key, string Name, long Count, CalendarPeriod Period) : Limit(Key, Name)
{
    /// <summary>The first day of a week; Sunday by default, as nothing is documented (docs/undocumented-behaviour.md).</summary>
    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Sunday;

    /// <summary>The zone's fixed offset from UTC, whole minutes within ±14 h; zero by default.</summary>
    public TimeSpan UtcOffset { get; init; }

    /// <inheritdoc/>
    public override long Capacity => Count;

    /// <summary>The period that <paramref name="moment"/> is in: its first moment, and the next one's.</summary>
    public (DateTimeOffset Start, DateTimeOffset End) PeriodAround(DateTimeOffset moment)
    {
        var (start, end) = CalendarWindow.Around(this, (moment - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        return (DateTimeOffset.UnixEpoch.AddMicroseconds(start), DateTimeOffset.UnixEpoch.AddMicroseconds(end));
    }
}

/// <summary>The periods of a <see cref="CalendarLimit"/>.</summary>
public enum CalendarPeriod
{
    /// <summary>Midnight to midnight.</summary>
    Day,

    /// <summary>Seven days from <see cref="CalendarLimit.WeekStart"/>.</summary>
    Week,

    /// <summary>From the 1st to the end of the month.</summary>
    Month,
}
