using ApiPoc.Domain.Throttling;

namespace ApiPoc.Domain.Tests.Throttling;

/// <summary>The arithmetic against .NET's own calendar.</summary>
public sealed class CalendarWindowTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(330)]
    [InlineData(-570)]
    [InlineData(840)]
    [InlineData(-840)]
    public void Around_EveryDayOfTwoCenturies_IsTheCalendars(int offsetMinutes)
    {
        var offset = TimeSpan.FromMinutes(offsetMinutes);
        for (var day = new DateTime(1970, 1, 2); day.Year < 2171; day = day.AddDays(1))
        {
            foreach (var local in new[] { day, day.AddTicks(-TimeSpan.TicksPerMicrosecond), day.AddHours(13) })
            {
                var month = new DateTime(local.Year, local.Month, 1);
                AssertAround(CalendarPeriod.Day, local, offset, local.Date, local.Date.AddDays(1));
                AssertAround(CalendarPeriod.Month, local, offset, month, month.AddMonths(1));
            }
        }
    }

    [Theory]
    [InlineData(DayOfWeek.Sunday)]
    [InlineData(DayOfWeek.Monday)]
    [InlineData(DayOfWeek.Saturday)]
    public void Around_Week_BeginsOnItsDay(DayOfWeek weekStart)
    {
        for (var day = new DateTime(2026, 1, 1); day.Year < 2028; day = day.AddDays(1))
        {
            var first = day;
            while (first.DayOfWeek != weekStart)
                first = first.AddDays(-1);
            AssertAround(CalendarPeriod.Week, day.AddHours(5), TimeSpan.FromHours(2), first, first.AddDays(7), weekStart);
        }
    }

    private static void AssertAround(
        CalendarPeriod period, DateTime local, TimeSpan offset, DateTime start, DateTime end, DayOfWeek weekStart = DayOfWeek.Sunday)
    {
        CalendarLimit limit = new("k", "n", 1, period) { UtcOffset = offset, WeekStart = weekStart };

        var actual = CalendarWindow.Around(limit, Microseconds(local - offset));

        // A million comparisons: Assert.Equal would take most of a minute.
        if (actual != (Microseconds(start - offset), Microseconds(end - offset)))
            Assert.Fail($"{period} around {local:O}: {actual}");
    }

    private static long Microseconds(DateTime utc) => (utc - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
