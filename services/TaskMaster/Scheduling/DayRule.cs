namespace ApiPoc.TaskMaster.Scheduling;

/// <summary>Which days of a month a cron expression means.</summary>
internal abstract record DayRule
{
    public abstract bool Matches(DateOnly day);

    protected static int DaysInMonth(DateOnly day) => DateTime.DaysInMonth(day.Year, day.Month);
}

/// <summary>Days by their number.</summary>
internal sealed record DaysOfMonth(CronField Days) : DayRule
{
    public override bool Matches(DateOnly day) => Days.Contains(day.Day);
}

/// <summary>Days by their name; <paramref name="First"/> is the field's number of Sunday.</summary>
internal sealed record DaysOfWeek(CronField Days, int First) : DayRule
{
    public override bool Matches(DateOnly day) => Days.Contains((int)day.DayOfWeek + First) || Days.Contains((int)day.DayOfWeek + First + 7);
}

/// <summary><c>L</c>: the last day of the month.</summary>
internal sealed record LastDayOfMonth : DayRule
{
    public override bool Matches(DateOnly day) => day.Day == DaysInMonth(day);
}

/// <summary><c>15W</c>: Monday to Friday, the nearest to that day within the same month.</summary>
internal sealed record NearestWeekday(int Day) : DayRule
{
    public override bool Matches(DateOnly day)
    {
        if (Day > DaysInMonth(day))
            return false;
        var target = new DateOnly(day.Year, day.Month, Day);
        return day == target.DayOfWeek switch
        {
            DayOfWeek.Saturday => target.AddDays(Day == 1 ? 2 : -1),
            DayOfWeek.Sunday => target.AddDays(Day == DaysInMonth(target) ? -2 : 1),
            _ => target,
        };
    }
}

/// <summary><c>3#2</c>: the n-th such day of the month.</summary>
internal sealed record NthDayOfWeek(DayOfWeek DayOfWeek, int Nth) : DayRule
{
    public override bool Matches(DateOnly day) => day.DayOfWeek == DayOfWeek && (day.Day - 1) / 7 + 1 == Nth;
}

/// <summary><c>6L</c>: the last such day of the month.</summary>
internal sealed record LastDayOfWeek(DayOfWeek DayOfWeek) : DayRule
{
    public override bool Matches(DateOnly day) => day.DayOfWeek == DayOfWeek && day.Day > DaysInMonth(day) - 7;
}

/// <summary>crontab(5): with a star in one of the fields, a day that both mean.</summary>
internal sealed record BothDays(DayRule First, DayRule Second) : DayRule
{
    public override bool Matches(DateOnly day) => First.Matches(day) && Second.Matches(day);
}

/// <summary>crontab(5): with both fields restricted, a day that either means.</summary>
internal sealed record EitherDay(DayRule First, DayRule Second) : DayRule
{
    public override bool Matches(DateOnly day) => First.Matches(day) || Second.Matches(day);
}
