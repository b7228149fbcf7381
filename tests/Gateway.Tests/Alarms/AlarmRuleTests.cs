using ApiPoc.Gateway.Alarms;
using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Tests.Alarms;

/// <summary>The tables of "Configuring how CloudWatch alarms treat missing data": X beyond, 0 within, - missing, newest last.</summary>
public sealed class AlarmRuleTests
{
    [Theory]
    // 3 of 3
    [InlineData("0 - X - X", 3, "OK", "OK", "OK", "OK")]
    [InlineData("- - - - 0", 3, "OK", "OK", "OK", "OK")]
    [InlineData("- - - - -", 3, "INSUFFICIENT_DATA", "KEPT", "ALARM", "OK")]
    [InlineData("0 X X - X", 3, "ALARM", "ALARM", "ALARM", "ALARM")]
    [InlineData("- - X - -", 3, "ALARM", "KEPT", "ALARM", "OK")]
    // 2 of 3
    [InlineData("0 - X - X", 2, "ALARM", "ALARM", "ALARM", "ALARM")]
    [InlineData("0 0 X 0 X", 2, "ALARM", "ALARM", "ALARM", "ALARM")]
    [InlineData("- - - - 0", 2, "OK", "KEPT", "ALARM", "OK")]
    [InlineData("- - - X -", 2, "ALARM", "KEPT", "ALARM", "OK")]
    [InlineData("- - - - -", 2, "INSUFFICIENT_DATA", "KEPT", "ALARM", "OK")]
    public void Next_FollowsCloudWatchsTables(string periods, int toAlarm, string missing, string ignore, string breaching, string notBreaching)
    {
        bool?[] newestFirst = [.. periods.Split(' ').Reverse().Select(period => period switch { "X" => true, "0" => false, _ => (bool?)null })];
        string Next(MissingData treat) => AlarmRule.Next(
            new AlarmDefinition { EvaluationPeriods = 3, DatapointsToAlarm = toAlarm, TreatMissingData = treat }, newestFirst, "KEPT");
        Assert.Equal(
            (missing, ignore, breaching, notBreaching),
            (Next(MissingData.Missing), Next(MissingData.Ignore), Next(MissingData.Breaching), Next(MissingData.NotBreaching)));
    }

    [Fact]
    public void Judge_PeriodInProgress_CountsOnlyOnceItsSumIsBeyond()
    {
        var alarm = new AlarmDefinition { GreaterThan = 10, EvaluationPeriods = 1 };
        Assert.Equal([null, false, null], AlarmPeriods.Judge(alarm, 100, new Dictionary<long, AlarmSample> { [100] = new(5, 5), [98] = new(1, 1) }));
        Assert.Equal([true, null, false], AlarmPeriods.Judge(alarm, 100, new Dictionary<long, AlarmSample> { [100] = new(11, 11), [98] = new(1, 1) }));
    }

    [Fact]
    public void Judge_LongPeriods_AddUpTheirMinutes()
    {
        var alarm = new AlarmDefinition { GreaterThan = 10, Period = TimeSpan.FromMinutes(5), EvaluationPeriods = 1 };
        Assert.Equal([true, null, null], AlarmPeriods.Judge(alarm, 107, new Dictionary<long, AlarmSample> { [100] = new(6, 6), [104] = new(6, 6), [105] = new(1, 1) }));
    }
}
