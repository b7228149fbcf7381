namespace ApiPoc.TaskMaster.Scheduling;

/// <summary>
/// Cron expressions as Amazon EventBridge reads them: minutes, hours, day-of-month, month, day-of-week (1 or SUN to 7 or SAT), year, with
/// <c>?</c> in one of the two day fields. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
/// </summary>
internal static class AwsCron
{
    private static readonly CronFieldRange WeekDays = new("day-of-week", 1, 7, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]);

    /// <exception cref="FormatException">The text is not such an expression.</exception>
    public static Schedule Parse(string text)
    {
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var minutes, var hours, var days, var months, var weekDays, var years])
            throw new FormatException("cron(…) has six fields: minutes hours day-of-month month day-of-week year");
        if (days == "?" == (weekDays == "?"))
            throw new FormatException("cron(…): one of day-of-month and day-of-week has to be ?, the other not");

        return new CronSchedule(
            CronField.Parse(minutes, CronField.Minutes),
            CronField.Parse(hours, CronField.Hours),
            CronField.Parse(months, CronField.Months),
            CronField.Parse(years, CronField.Years),
            days == "?" ? ParseWeekDays(weekDays) : ParseDays(days));
    }

    private static DayRule ParseDays(string text)
    {
        if (text == "L")
            return new LastDayOfMonth();
        return text.EndsWith('W')
            ? new NearestWeekday(CronField.DaysOfMonth.ParseValue(text[..^1]))
            : new DaysOfMonth(CronField.Parse(text, CronField.DaysOfMonth));
    }

    private static DayRule ParseWeekDays(string text)
    {
        // L alone is the week's last day.
        if (text == "L")
            return new DaysOfWeek(CronField.Parse("SAT", WeekDays), WeekDays.Min);
        if (text.EndsWith('L'))
            return new LastDayOfWeek(ParseWeekDay(text[..^1]));
        if (text.Split('#') is not [var weekDay, var nth])
            return new DaysOfWeek(CronField.Parse(text, WeekDays), WeekDays.Min);
        return int.TryParse(nth, out int count) && count is >= 1 and <= 5
            ? new NthDayOfWeek(ParseWeekDay(weekDay), count)
            : throw WeekDays.Error($"{text}: the number after # is not in 1 to 5");
    }

    private static DayOfWeek ParseWeekDay(string text) => (DayOfWeek)(WeekDays.ParseValue(text) - WeekDays.Min);
}
