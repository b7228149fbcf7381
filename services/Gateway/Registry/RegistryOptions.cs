using System.ComponentModel.DataAnnotations;

namespace ApiPoc.Gateway.Registry;

/// <summary>Configuration section <c>Registry</c>: how this process keeps its copy of the keys and plans in Redis.</summary>
internal sealed class RegistryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Registry";

    /// <summary>How often changes are asked for, besides being announced; 50 ms to 10 s, default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:10")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How old the copy may be before keys are no longer believed and calls that need one are answered with 503
    /// <c>auth_unavailable</c>; 100 ms to 1 h, default 1 s: a disabled key stops within it, everywhere.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait for one answer of Redis; 10 ms to 10 s, default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromMilliseconds(500);
}
