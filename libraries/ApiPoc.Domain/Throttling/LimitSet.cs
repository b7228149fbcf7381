namespace ApiPoc.Domain.Throttling;

/// <summary>What every <see cref="IAdmission"/> demands of its arguments, so that all of them refuse the same.</summary>
public static class LimitSet
{
    /// <summary>The largest capacity, in requests: every sum stays a whole number in a double.</summary>
    public const long MaxCapacity = 1_000_000_000_000;

    /// <summary>The largest rate of a token bucket, in requests per second: stores count time in whole microseconds.</summary>
    public const double MaxRate = 1e6;

    /// <summary>The longest period, and the longest time in which an empty bucket fills up.</summary>
    public static readonly TimeSpan MaxPeriod = TimeSpan.FromDays(36_525);

    /// <summary>Throws when the arguments of <see cref="IAdmission.AdmitAsync"/> are out of bounds.</summary>
    /// <exception cref="ArgumentException">A limit's numbers are out of bounds, or two limits have the same key.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is negative.</exception>
    public static void Validate(IReadOnlyList<Limit> limits, int cost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cost);
        for (int i = 0; i < limits.Count; i++)
        {
            if (Fault(limits[i]) is { } fault)
                throw new ArgumentException($"Limit '{limits[i].Name}': {fault}", nameof(limits));
            for (int j = 0; j < i; j++)
            {
                if (limits[j].Key == limits[i].Key)
                    throw new ArgumentException($"Limits '{limits[j].Name}' and '{limits[i].Name}' have the same key.", nameof(limits));
            }
        }
    }

    /// <summary>What is wrong with a limit's numbers, for people; null when nothing is.</summary>
    public static string? Fault(Limit limit) => limit switch
    {
        { Capacity: < 1 or > MaxCapacity } => $"capacity {limit.Capacity} must be 1 to {MaxCapacity}.",
        TokenBucketLimit { Rate: not (> 0 and <= MaxRate) } bucket => $"rate {bucket.Rate} must be above 0 and at most {MaxRate} per second.",
        TokenBucketLimit bucket when bucket.Burst / bucket.Rate > MaxPeriod.TotalSeconds =>
            $"a bucket of {bucket.Burst} at {bucket.Rate} per second would take longer than {MaxPeriod.TotalDays} days to fill.",
        WindowLimit window when window.Period < TimeSpan.FromMilliseconds(1) || window.Period > MaxPeriod =>
            $"period {window.Period} must be 1 ms to {MaxPeriod.TotalDays} days.",
        CalendarLimit { UtcOffset: var offset } when offset.Duration() > TimeSpan.FromHours(14) || offset.Ticks % TimeSpan.TicksPerMinute != 0 =>
            $"UTC offset {offset} must be whole minutes within 14 hours.",
        CalendarLimit { Period: var period } when !Enum.IsDefined(period) => $"{period} is no known period.",
        CalendarLimit { WeekStart: var day } when !Enum.IsDefined(day) => $"{day} is no known day of the week.",
        _ => null,
    };
}
