using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Alarms;

/// <summary>What one alarm's metric measured in this process and has not been added up yet.</summary>
/// <param name="Name">The alarm's name.</param>
/// <param name="Alarm">The alarm.</param>
internal sealed record AlarmSeries(string Name, AlarmDefinition Alarm)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, AlarmSample> _minutes = [];

    /// <summary>Measures an ended call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="latency">From the request to the end of its answer.</param>
    /// <param name="minute">The minute it ended in, since 1970.</param>
    public void Measure(GatewayCall call, TimeSpan latency, long minute)
    {
        if (call.Stage!.ApiId != Alarm.ApiId || (Alarm.Stage is not null && call.Stage.Name != Alarm.Stage) || MetricValue.Of(Alarm.Metric, call, latency) is not { } value)
            return;
        lock (_gate)
            _minutes[minute] = _minutes.GetValueOrDefault(minute) + new AlarmSample(1, value);
    }

    /// <summary>Takes what was measured since the last time.</summary>
    public IReadOnlyList<KeyValuePair<long, AlarmSample>> Take()
    {
        lock (_gate)
        {
            KeyValuePair<long, AlarmSample>[] taken = [.. _minutes];
            _minutes.Clear();
            return taken;
        }
    }
}

/// <summary>Samples of one period.</summary>
/// <param name="Count">How many.</param>
/// <param name="Sum">Their sum.</param>
internal readonly record struct AlarmSample(long Count, double Sum)
{
    /// <summary>Both together.</summary>
    public static AlarmSample operator +(AlarmSample left, AlarmSample right) => new(left.Count + right.Count, left.Sum + right.Sum);

    /// <summary>What <paramref name="statistic"/> makes of them; null without samples.</summary>
    public double? Value(AlarmStatistic statistic) => Count == 0 ? null : statistic == AlarmStatistic.Average ? Sum / Count : Sum;
}
