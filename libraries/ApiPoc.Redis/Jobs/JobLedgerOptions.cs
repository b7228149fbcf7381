using System.ComponentModel.DataAnnotations;

namespace ApiPoc.Redis.Jobs;

/// <summary>Configuration section <c>JobLedger</c>. The registration binds it; a service also checks it, by <c>AddCheckedOptions</c>.</summary>
public sealed class JobLedgerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "JobLedger";

    /// <summary>
    /// How long a job is remembered after its last attempt; 1 h to 90 days, default 7 days. Longer than a message can stay on the queue,
    /// or a late duplicate is done again.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The longest wait for Redis about a job; 10 ms to 30 s, default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:30")]
    public TimeSpan Budget { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The longest an attempt's begin waits for others to be written with; 0 to 1 s, default 200 ms. Never so long that its call's moment
    /// is missed.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan GatherBegins { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The longest an attempt's end (its result, failure or refund) waits for others to be written with, and its job for being settled; 0 to
    /// 250 ms, default 50 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.250")]
    public TimeSpan GatherEnds { get; set; } = TimeSpan.FromMilliseconds(50);
}
