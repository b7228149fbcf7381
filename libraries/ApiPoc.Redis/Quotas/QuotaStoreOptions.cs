using System.ComponentModel.DataAnnotations;

namespace ApiPoc.Redis.Quotas;

/// <summary>How processes share quota state through Redis; section <c>QuotaStore</c>.</summary>
public sealed class QuotaStoreOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "QuotaStore";

    /// <summary>The longest wait for Redis; 10 ms to 10 s, default 500 ms. After it nothing new is granted until Redis answers again.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan Budget { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long reports are gathered before they are written together; 0 to 1 s, default 200 ms. Refusals are written at once, and what lets further calls go within a quarter of a call's time.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan GatherReports { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long the state of an API nobody calls is kept; 1 h to 400 days, default 40 days, longer than any declared period.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "400.00:00:00")]
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(40);
}
