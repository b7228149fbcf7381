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
    /// The longest a result, and with it the job's being settled, waits to be written together with other steps; 0 to 250 ms, default 100 ms.
    /// Not at all when no other attempt of this process is under way or twenty results wait, nor longer than whoever gave the job can wait: the
    /// quota may have to know what the call taught. A begin waits as long as there is time before its call, at most 250 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:00.250")]
    public TimeSpan Gather { get; set; } = TimeSpan.FromMilliseconds(100);
}
