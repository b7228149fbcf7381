using ApiPoc.TaskMaster.Scheduling;

namespace ApiPoc.TaskMaster.Tests.Scheduling;

public sealed class ScheduleTests
{
    // 2026-01-01 is a Thursday.
    [Theory]
    [InlineData("rate(1 minute)", "2026-01-01T00:00:00", "2026-01-01T00:01", "2026-01-01T00:02")]
    [InlineData("rate(1 minute)", "2026-01-01T00:00:59", "2026-01-01T00:01", "2026-01-01T00:02")]
    [InlineData("rate(5 minutes)", "2026-01-01T00:04:00", "2026-01-01T00:05", "2026-01-01T00:10")]
    [InlineData("rate(1 hour)", "2026-01-01T00:00:01", "2026-01-01T01:00", "2026-01-01T02:00")]
    [InlineData("rate(1 day)", "2026-01-01T12:00:00", "2026-01-02T00:00", "2026-01-03T00:00")]
    [InlineData("*/5 * * * *", "2026-01-01T00:00:00", "2026-01-01T00:05", "2026-01-01T00:10")]
    [InlineData("7/20 * * * *", "2026-01-01T00:00:00", "2026-01-01T00:07", "2026-01-01T00:27", "2026-01-01T00:47", "2026-01-01T01:07")]
    [InlineData("0,30 9-10 * * *", "2026-01-01T00:00:00", "2026-01-01T09:00", "2026-01-01T09:30", "2026-01-01T10:00", "2026-01-01T10:30", "2026-01-02T09:00")]
    [InlineData("0 0 * * 0", "2026-01-01T00:00:00", "2026-01-04T00:00", "2026-01-11T00:00")]
    [InlineData("0 0 * * 7", "2026-01-01T00:00:00", "2026-01-04T00:00", "2026-01-11T00:00")]
    [InlineData("0 0 * * mon-fri", "2026-01-02T00:00:00", "2026-01-05T00:00", "2026-01-06T00:00")]
    [InlineData("0 0 13 * FRI", "2026-01-01T00:00:00", "2026-01-02T00:00", "2026-01-09T00:00", "2026-01-13T00:00", "2026-01-16T00:00")]
    [InlineData("0 0 29 2 *", "2026-01-01T00:00:00", "2028-02-29T00:00", "2032-02-29T00:00")]
    [InlineData("0 0 1 JAN,jul *", "2026-01-01T00:00:00", "2026-07-01T00:00", "2027-01-01T00:00")]
    [InlineData("cron(0 10 * * ? *)", "2026-01-01T10:00:00", "2026-01-02T10:00", "2026-01-03T10:00")]
    [InlineData("cron(15 12 ? * 1 *)", "2026-01-01T00:00:00", "2026-01-04T12:15", "2026-01-11T12:15")]
    [InlineData("cron(0 18 ? * MON-FRI *)", "2026-01-02T18:00:00", "2026-01-05T18:00", "2026-01-06T18:00")]
    [InlineData("cron(0/15 * * * ? *)", "2026-01-01T00:50:00", "2026-01-01T01:00", "2026-01-01T01:15")]
    [InlineData("cron(0 8 1 * ? 2027-2028)", "2026-01-01T00:00:00", "2027-01-01T08:00", "2027-02-01T08:00")]
    [InlineData("cron(0 0 L * ? *)", "2026-01-01T00:00:00", "2026-01-31T00:00", "2026-02-28T00:00", "2026-03-31T00:00")]
    [InlineData("cron(0 0 L 2 ? 2028)", "2026-01-01T00:00:00", "2028-02-29T00:00")]
    [InlineData("cron(0 0 3W * ? *)", "2026-01-01T00:00:00", "2026-01-02T00:00", "2026-02-03T00:00", "2026-03-03T00:00", "2026-04-03T00:00", "2026-05-04T00:00")]
    [InlineData("cron(0 0 1W 8 ? *)", "2026-01-01T00:00:00", "2026-08-03T00:00")]
    [InlineData("cron(0 0 31W 5 ? *)", "2026-01-01T00:00:00", "2026-05-29T00:00")]
    [InlineData("cron(0 0 ? * 3#2 *)", "2026-01-01T00:00:00", "2026-01-13T00:00", "2026-02-10T00:00")]
    [InlineData("cron(0 0 ? * TUE#5 *)", "2026-01-01T00:00:00", "2026-03-31T00:00", "2026-06-30T00:00")]
    [InlineData("cron(0 0 ? * 6L *)", "2026-01-01T00:00:00", "2026-01-30T00:00", "2026-02-27T00:00")]
    [InlineData("cron(0 0 ? * L *)", "2026-01-01T00:00:00", "2026-01-03T00:00", "2026-01-10T00:00")]
    public void NextAfter_Expression_NamesItsMoments(string expression, string from, params string[] expected)
    {
        var schedule = Schedule.Parse(expression);
        var moment = Utc(from);
        foreach (string next in expected)
        {
            moment = schedule.NextAfter(moment)!.Value;
            Assert.Equal(Utc(next), moment);
        }
    }

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("cron(0 0 1 1 ? 2025)")]
    public void NextAfter_NoMomentToCome_IsNull(string expression) => Assert.Null(Schedule.Parse(expression).NextAfter(Utc("2026-01-01T00:00")));

    [Theory]
    [InlineData("", "five fields are expected: minute hour day-of-month month day-of-week; six go into cron(…)")]
    [InlineData("* * * *", "five fields are expected: minute hour day-of-month month day-of-week; six go into cron(…)")]
    [InlineData("* * * * * *", "five fields are expected: minute hour day-of-month month day-of-week; six go into cron(…)")]
    [InlineData("cron(* * * * *)", "cron(…) has six fields: minutes hours day-of-month month day-of-week year")]
    [InlineData("cron(0 0 * * * *)", "cron(…): one of day-of-month and day-of-week has to be ?, the other not")]
    [InlineData("cron(0 0 ? * ? *)", "cron(…): one of day-of-month and day-of-week has to be ?, the other not")]
    [InlineData("at(2026-01-01)", "is neither rate(value unit) nor cron(fields) nor five fields: minute hour day-of-month month day-of-week")]
    [InlineData("cron(0 0 * * ? *", "is neither rate(value unit) nor cron(fields) nor five fields: minute hour day-of-month month day-of-week")]
    [InlineData("60 * * * *", "minute: 60 is not in 0 to 59")]
    [InlineData("-1 * * * *", "minute: nothing is not in 0 to 59")]
    [InlineData("* 24 * * *", "hour: 24 is not in 0 to 23")]
    [InlineData("* * 0 * *", "day-of-month: 0 is not in 1 to 31")]
    [InlineData("* * ? * *", "day-of-month: ? is not in 1 to 31")]
    [InlineData("* * * 13 *", "month: 13 is not in 1 to 12 or JAN to DEC")]
    [InlineData("* * * * 8", "day-of-week: 8 is not in 0 to 7 or SUN to SAT")]
    [InlineData("5-1 * * * *", "minute: 5-1 runs backwards")]
    [InlineData("*/0 * * * *", "minute: step 0 is not in 1 to 59")]
    [InlineData("*/60 * * * *", "minute: step 60 is not in 1 to 59")]
    [InlineData("1/ * * * *", "minute: 1/ is not a value, a range or a step")]
    [InlineData("1/2/3 * * * *", "minute: 1/2/3 is not a value, a range or a step")]
    [InlineData("1,,2 * * * *", "minute: nothing is not in 0 to 59")]
    [InlineData("cron(0 0 ? * 0 *)", "day-of-week: 0 is not in 1 to 7 or SUN to SAT")]
    [InlineData("cron(0 0 ? * 3#6 *)", "day-of-week: 3#6: the number after # is not in 1 to 5")]
    [InlineData("cron(0 0 32W * ? *)", "day-of-month: 32 is not in 1 to 31")]
    [InlineData("cron(0 0 * * ? 1969)", "year: 1969 is not in 1970 to 2199")]
    [InlineData("rate(5)", "a rate is a value and a unit, e.g. rate(5 minutes)")]
    [InlineData("rate(0 minutes)", "rate: 0 is not a whole number of at least 1")]
    [InlineData("rate(1.5 hours)", "rate: 1.5 is not a whole number of at least 1")]
    [InlineData("rate(5 minute)", "rate: write 5 minutes")]
    [InlineData("rate(1 minutes)", "rate: write 1 minute")]
    [InlineData("rate(10 seconds)", "rate: seconds is not minute(s), hour(s) or day(s)")]
    [InlineData("rate(367 days)", "rate: 367 days is more than 366 days")]
    public void Parse_WrongExpression_SaysWhatIsWrong(string expression, string why) =>
        Assert.Equal(why, Assert.Throws<FormatException>(() => Schedule.Parse(expression)).Message);

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text + "Z");
}
