using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Alarms;

/// <summary>Measures calls for the alarms of the definition; calls nobody watches cost nothing.</summary>
internal sealed class AlarmRecorder
{
    private readonly TimeProvider _clock;
    private AlarmSeries[] _series = [];

    /// <summary>Follows <paramref name="definitions"/>.</summary>
    public AlarmRecorder(DefinitionSource definitions, TimeProvider clock)
    {
        _clock = clock;
        Follow(definitions);
        definitions.Changed += (_, _) => Follow(definitions);
    }

    /// <summary>The alarms and what was measured for them.</summary>
    public IReadOnlyList<AlarmSeries> Series => Volatile.Read(ref _series);

    /// <summary>A call has ended.</summary>
    public void Ended(GatewayCall call, TimeSpan latency)
    {
        var series = Volatile.Read(ref _series);
        if (series.Length == 0 || call.Stage is null)
            return;
        long minute = AlarmPeriods.MinuteOf(_clock.GetUtcNow());
        foreach (var watching in series)
            watching.Measure(call, latency, minute);
    }

    private void Follow(DefinitionSource definitions) =>
        Volatile.Write(ref _series, [.. definitions.Current.Alarms.Select(alarm => new AlarmSeries(alarm.Key, alarm.Value))]);
}
