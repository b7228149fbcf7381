namespace ApiPoc.Domain.Throttling;

/// <summary>
/// Where the days, weeks and months of a <see cref="CalendarLimit"/> begin and end, by arithmetic alone so that the script
/// in the store can do the same (Howard Hinnant, "chrono-compatible low-level date algorithms").
/// </summary>
internal static class CalendarWindow
{
    private const long Day = 86_400_000_000;

    /// <summary>The window of the period that <paramref name="now"/> is in, or of the later one that was already counted in.</summary>
    public static Window Open(CalendarLimit limit, LimitState? stored, long now)
    {
        var state = stored ?? new LimitState(0, now);
        var (start, end) = Around(limit, Math.Max(now, state.Since));
        return new Window(now, start, end, state.Since >= start ? state.Amount : 0, limit.Count);
    }

    /// <summary>The beginning and the end of the period around <paramref name="moment"/>, in microseconds since 1970 UTC.</summary>
    public static (long Start, long End) Around(CalendarLimit limit, long moment)
    {
        long offset = limit.UtcOffset.Ticks / TimeSpan.TicksPerMicrosecond;
        long day = FloorDivide(moment + offset, Day);
        var (first, next) = limit.Period switch
        {
            CalendarPeriod.Day => (day, day + 1),
            CalendarPeriod.Week => WeekAround(day, (int)limit.WeekStart),
            CalendarPeriod.Month => MonthAround(day),
            _ => throw new ArgumentException($"{limit.Period} is no known period.", nameof(limit)),
        };
        return (first * Day - offset, next * Day - offset);
    }

    private static (long First, long Next) WeekAround(long day, int weekStart)
    {
        // Day 0, 1970-01-01, was a Thursday: weekday 4 when Sunday is 0.
        long intoWeek = Modulo(day + 4 - weekStart, 7);
        return (day - intoWeek, day - intoWeek + 7);
    }

    private static (long First, long Next) MonthAround(long day)
    {
        // Years are counted from March so that the leap day is a year's last; an era is 400 years, 146,097 days, from 0000-03-01.
        long shifted = day + 719_468;
        long era = FloorDivide(shifted, 146_097);
        long dayOfEra = shifted - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long month = (5 * dayOfYear + 2) / 153;
        long first = day - (dayOfYear - FirstDay(month));
        // February ends where the next year counted from March begins.
        long length = month < 11 ? FirstDay(month + 1) - FirstDay(month) : DaysInYearFromMarch(yearOfEra) - FirstDay(month);
        return (first, first + length);
    }

    private static long FirstDay(long monthFromMarch) => (153 * monthFromMarch + 2) / 5;

    private static long DaysInYearFromMarch(long yearOfEra)
    {
        long calendarYearOfFebruary = yearOfEra + 1;
        bool isLeap = calendarYearOfFebruary % 4 == 0 && (calendarYearOfFebruary % 100 != 0 || calendarYearOfFebruary % 400 == 0);
        return isLeap ? 366 : 365;
    }

    private static long FloorDivide(long dividend, long divisor) => (dividend - Modulo(dividend, divisor)) / divisor;

    private static long Modulo(long dividend, long divisor) => (dividend % divisor + divisor) % divisor;
}
