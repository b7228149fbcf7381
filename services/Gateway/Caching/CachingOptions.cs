using System.ComponentModel.DataAnnotations;

namespace ApiPoc.Gateway.Caching;

/// <summary>Configuration section <c>Caching</c>: how the stages' caches are kept.</summary>
internal sealed class CachingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Caching";

    /// <summary>The longest a call looks for an entry in Redis, 1 ms to 30 s, default 250 ms; then it goes on without.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(250);
}
