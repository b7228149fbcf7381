namespace ApiPoc.TaskMaster.Scheduling;

/// <summary>Every day its rule allows, at each of its hours and minutes.</summary>
internal sealed class CronSchedule(CronField minutes, CronField hours, CronField months, CronField years, DayRule days) : Schedule
{
    public override DateTimeOffset? NextAfter(DateTimeOffset moment)
    {
        var start = moment.UtcDateTime;
        var earliest = TimeOnly.FromDateTime(start);
        for (var day = DateOnly.FromDateTime(start); day.Year <= CronField.Years.Max; day = NextDay(day))
        {
            if (IsDay(day) && FirstTimeAfter(day == DateOnly.FromDateTime(start) ? earliest : null) is { } time)
                return new DateTimeOffset(day, time, TimeSpan.Zero);
        }

        return null;
    }

    private bool IsDay(DateOnly day) => months.Contains(day.Month) && years.Contains(day.Year) && days.Matches(day);

    /// <summary>Days of months and years that are out of question are passed over together.</summary>
    private DateOnly NextDay(DateOnly day)
    {
        if (!years.Contains(day.Year))
            return new DateOnly(day.Year + 1, 1, 1);
        return months.Contains(day.Month) ? day.AddDays(1) : new DateOnly(day.Year, day.Month, 1).AddMonths(1);
    }

    private TimeOnly? FirstTimeAfter(TimeOnly? time)
    {
        foreach (int hour in hours.Values)
        {
            foreach (int minute in minutes.Values)
            {
                var candidate = new TimeOnly(hour, minute);
                if (time is null || candidate > time)
                    return candidate;
            }
        }

        return null;
    }
}
