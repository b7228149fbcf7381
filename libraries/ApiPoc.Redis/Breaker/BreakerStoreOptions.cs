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
}
