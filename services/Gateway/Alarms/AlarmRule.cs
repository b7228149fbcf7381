using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Alarms;

/// <summary>
/// Decides an alarm's state from its periods, after CloudWatch's tables ("Configuring how CloudWatch alarms treat missing data"): of the
/// periods looked at, the newest N that have data count; what is missing of N is filled in as the alarm says.
/// </summary>
internal static class AlarmRule
{
    // CloudWatch looks a little further back than N, to need less filling in.
    private const int FurtherBack = 2;

    /// <summary>How many periods to look at.</summary>
    public static int PeriodsNeeded(AlarmDefinition alarm) => alarm.EvaluationPeriods + FurtherBack;

    /// <summary>The state after <paramref name="periods"/>.</summary>
    /// <param name="alarm">The alarm.</param>
    /// <param name="periods">Whether each period was beyond the threshold, newest first; null without data.</param>
    /// <param name="current">The state so far.</param>
    public static string Next(AlarmDefinition alarm, IReadOnlyList<bool?> periods, string current)
    {
        int wanted = alarm.EvaluationPeriods;
        int toAlarm = alarm.DatapointsToAlarm ?? wanted;
        var existing = periods.OfType<bool>().Take(wanted).ToList();
        int breaching = existing.Count(isBeyond => isBeyond);
        int missing = wanted - existing.Count;
        return alarm.TreatMissingData switch
        {
            MissingData.NotBreaching => breaching >= toAlarm ? AlarmState.Alarm : AlarmState.Ok,
            MissingData.Breaching => breaching + missing >= toAlarm ? AlarmState.Alarm : AlarmState.Ok,
            MissingData.Ignore when breaching >= toAlarm => AlarmState.Alarm,
            MissingData.Ignore => breaching + missing < toAlarm ? AlarmState.Ok : current,
            _ when existing.Count == 0 => AlarmState.InsufficientData,
            _ => breaching >= Math.Min(toAlarm, existing.Count) ? AlarmState.Alarm : AlarmState.Ok,
        };
    }
}
