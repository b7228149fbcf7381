using System.ComponentModel.DataAnnotations;

namespace ApiPoc.Redis.Breaker;

/// <summary>Configuration section <c>BreakerStore</c>. The registration binds it; a service also checks it, by <c>AddCheckedOptions</c>.</summary>
public sealed class BreakerStoreOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "BreakerStore";

    /// <summary>The longest wait for Redis about a breaker; 10 ms to 10 s, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan Budget { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest a call that went well waits to be counted together with others; 0 to 1 min, default 5 s, and never more than half of the
    /// API's <c>SamplingWindow</c>. A failure is counted at once and takes along what waits; before failures open a breaker, everybody counts
    /// what waits.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan GatherSuccesses { get; set; } = TimeSpan.FromSeconds(5);
}
