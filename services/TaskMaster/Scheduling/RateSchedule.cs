namespace ApiPoc.TaskMaster.Scheduling;

/// <summary>
/// Every so many minutes, hours or days, counted from the Unix epoch: every process, started whenever, names the same moments.
/// </summary>
internal sealed class RateSchedule(TimeSpan period) : Schedule
{
    // A year: what is rarer is a cron expression.
    private static readonly TimeSpan MaxPeriod = TimeSpan.FromDays(366);

    public override DateTimeOffset? NextAfter(DateTimeOffset moment)
    {
        long ticks = (moment - DateTimeOffset.UnixEpoch).Ticks;
        return DateTimeOffset.UnixEpoch.AddTicks((Math.DivRem(ticks, period.Ticks).Quotient + 1) * period.Ticks);
    }

    /// <summary>Reads <c>5 minutes</c>; as EventBridge has it, the unit is singular for 1 and plural for more.</summary>
    public static new RateSchedule Parse(string text)
    {
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var number, var unit])
            throw new FormatException("a rate is a value and a unit, e.g. rate(5 minutes)");
        if (!int.TryParse(number, out int value) || value < 1)
            throw new FormatException($"rate: {number} is not a whole number of at least 1");

        var one = unit switch
        {
            "minute" or "minutes" => TimeSpan.FromMinutes(1),
            "hour" or "hours" => TimeSpan.FromHours(1),
            "day" or "days" => TimeSpan.FromDays(1),
            _ => throw new FormatException($"rate: {unit} is not minute(s), hour(s) or day(s)"),
        };
        if (unit.EndsWith('s') != value > 1)
            throw new FormatException($"rate: write {(value > 1 ? $"{value} {unit}s" : $"1 {unit.TrimEnd('s')}")}");
        if (value > MaxPeriod / one)
            throw new FormatException($"rate: {value} {unit} is more than {MaxPeriod.Days} days");
        return new RateSchedule(value * one);
    }
}
