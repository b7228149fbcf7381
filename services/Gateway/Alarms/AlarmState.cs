namespace ApiPoc.Gateway.Alarms;

/// <summary>The states of an alarm, as Amazon CloudWatch names them.</summary>
internal static class AlarmState
{
    public const string Ok = "OK";
    public const string Alarm = "ALARM";
    public const string InsufficientData = "INSUFFICIENT_DATA";
}
