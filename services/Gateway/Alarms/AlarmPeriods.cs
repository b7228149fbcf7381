using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Alarms;

/// <summary>Groups minutes into an alarm's periods, which begin at whole multiples of their length since 1970.</summary>
internal static class AlarmPeriods
{
    /// <summary>The minute of <paramref name="moment"/>, since 1970.</summary>
    public static long MinuteOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / 60;

    /// <summary>The minutes an alarm looks at around <paramref name="now"/>: the period in progress and those before it, newest first.</summary>
    public static IReadOnlyList<long> Minutes(AlarmDefinition alarm, long now)
    {
        int length = (int)alarm.Period.TotalMinutes;
        long first = (now / length - AlarmRule.PeriodsNeeded(alarm)) * length;
        return [.. Enumerable.Range(0, (int)(now - first) + 1).Select(back => now - back)];
    }

    /// <summary>
    /// Whether each period was beyond the threshold, newest first. The period in progress counts only once its sum is beyond already:
    /// more requests cannot bring that back, while a quiet beginning says nothing yet.
    /// </summary>
    public static IReadOnlyList<bool?> Judge(AlarmDefinition alarm, long now, IReadOnlyDictionary<long, AlarmSample> minutes)
    {
        int length = (int)alarm.Period.TotalMinutes;
        var periods = new List<bool?>();
        for (int back = 0; back <= AlarmRule.PeriodsNeeded(alarm); back++)
        {
            long first = (now / length - back) * length;
            var sample = Enumerable.Range(0, length).Aggregate(default(AlarmSample), (sum, minute) => sum + minutes.GetValueOrDefault(first + minute));
            bool? isBeyond = sample.Value(alarm.Statistic) is { } value ? value > alarm.GreaterThan : null;
            bool countsAlready = isBeyond is true && alarm.Statistic == AlarmStatistic.Sum;
            if (back > 0 || countsAlready)
                periods.Add(isBeyond);
        }
        return periods.Count > AlarmRule.PeriodsNeeded(alarm) ? periods[..^1] : periods;
    }
}
