namespace ApiPoc.TaskMaster.Scheduling;

/// <summary>Cron expressions as crontab(5) has them: minute, hour, day-of-month, month, day-of-week (0 or 7 or SUN to 6 or SAT).</summary>
internal static class UnixCron
{
    private static readonly CronFieldRange WeekDays = new("day-of-week", 0, 7, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]);

    /// <exception cref="FormatException">The text is not such an expression.</exception>
    public static Schedule Parse(string text)
    {
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var minutes, var hours, var days, var months, var weekDays])
            throw new FormatException("five fields are expected: minute hour day-of-month month day-of-week; six go into cron(…)");

        DayRule byNumber = new DaysOfMonth(CronField.Parse(days, CronField.DaysOfMonth));
        DayRule byName = new DaysOfWeek(CronField.Parse(weekDays, WeekDays), WeekDays.Min);
        return new CronSchedule(
            CronField.Parse(minutes, CronField.Minutes),
            CronField.Parse(hours, CronField.Hours),
            CronField.Parse(months, CronField.Months),
            CronField.AnyYear,
            days[0] == '*' || weekDays[0] == '*' ? new BothDays(byNumber, byName) : new EitherDay(byNumber, byName));
    }
}
