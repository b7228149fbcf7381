namespace ApiPoc.Gateway.Definitions;

/// <summary>What an alarm must hold.</summary>
internal static class AlarmRules
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Checks every alarm of <paramref name="definition"/>.</summary>
    public static void Validate(GatewayDefinition definition, DefinitionErrors errors)
    {
        foreach (var (name, alarm) in definition.Alarms)
        {
            var here = errors.At(name);
            here.Check(MetricNames.All.Contains(alarm.Metric, StringComparer.Ordinal), "metric", alarm.Metric, $"one of {string.Join(", ", MetricNames.All)}");
            here.Check(definition.RestApis.TryGetValue(alarm.ApiId, out var api), "apiId", alarm.ApiId, "no such API");
            here.Check(alarm.Stage is null || api is null || api.Stages.ContainsKey(alarm.Stage), "stage", alarm.Stage, "no such stage");
            here.Check(double.IsFinite(alarm.GreaterThan), "greaterThan", alarm.GreaterThan, "a number");
            here.Check(
                alarm.Period >= TimeSpan.FromMinutes(1) && alarm.Period <= Longest && alarm.Period.Ticks % TimeSpan.TicksPerMinute == 0,
                "period", alarm.Period, "whole minutes, 00:01:00 to 01:00:00");
            here.Check(alarm.EvaluationPeriods is >= 1 and <= 100, "evaluationPeriods", alarm.EvaluationPeriods, "1 to 100");
            here.Check(
                alarm.DatapointsToAlarm is null || (alarm.DatapointsToAlarm >= 1 && alarm.DatapointsToAlarm <= alarm.EvaluationPeriods),
                "datapointsToAlarm", alarm.DatapointsToAlarm, "1 to evaluationPeriods");
        }
    }
}
