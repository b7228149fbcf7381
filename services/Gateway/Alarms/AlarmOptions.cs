using System.ComponentModel.DataAnnotations;

namespace ApiPoc.Gateway.Alarms;

/// <summary>Configuration section <c>Alarms</c>.</summary>
internal sealed class AlarmOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Alarms";

    /// <summary>How often samples are added up and alarms judged; 100 ms to 1 min, default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(2);
}
