using System.Globalization;
using ApiPoc.Domain.Events;
using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Alarms;

/// <summary>Judges one alarm and announces its changes.</summary>
internal sealed class AlarmJudge(RedisAlarms store, IThrottleEvents events, TimeProvider clock, ILogger<AlarmJudge> logger)
{
    /// <summary>Adds up what was measured, and changes the alarm's state if it has to change.</summary>
    /// <exception cref="StackExchange.Redis.RedisException">Redis is gone; so does TimeoutException say.</exception>
    public async Task JudgeAsync(AlarmSeries series)
    {
        var alarm = series.Alarm;
        var taken = series.Take();
        if (taken.Count > 0)
            await store.AddAsync(series.Name, taken, kept: alarm.Period * (AlarmRule.PeriodsNeeded(alarm) + 2));
        long now = AlarmPeriods.MinuteOf(clock.GetUtcNow());
        string current = await store.StateAsync(series.Name);
        var periods = AlarmPeriods.Judge(alarm, now, await store.ReadAsync(series.Name, AlarmPeriods.Minutes(alarm, now)));
        string next = AlarmRule.Next(alarm, periods, current);
        if (next != current && await store.TryChangeAsync(series.Name, current, next))
            Announce(series.Name, alarm, current, next);
    }

    private void Announce(string name, AlarmDefinition alarm, string from, string to)
    {
        string threshold = alarm.GreaterThan.ToString(CultureInfo.InvariantCulture);
        logger.AlarmChanged(to == AlarmState.Alarm ? LogLevel.Warning : LogLevel.Information, name, from, to);
        events.TryPublish(new ThrottleEvent
        {
            Type = ThrottleEventType.AlarmChanged,
            Time = clock.GetUtcNow(),
            ApiId = alarm.ApiId,
            Reason = $"{alarm.Statistic} of {alarm.Metric} > {threshold} in {alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods} of {alarm.EvaluationPeriods} periods of {alarm.Period}",
            Data = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["alarm"] = name,
                ["state"] = to,
                ["old_state"] = from,
                ["metric"] = alarm.Metric,
                ["stage"] = alarm.Stage ?? "*",
                ["threshold"] = threshold,
            },
        });
    }
}
