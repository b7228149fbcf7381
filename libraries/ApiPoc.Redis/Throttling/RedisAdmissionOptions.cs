using System.ComponentModel.DataAnnotations;

namespace ApiPoc.Redis.Throttling;

/// <summary>Configuration section <c>Throttling</c>: how limits are kept in Redis.</summary>
public sealed class RedisAdmissionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Throttling";

    /// <summary>
    /// What every key begins with, so that services sharing a Redis keep apart. In a Redis Cluster all limits of one decision
    /// must share a slot: put a hash tag here (<c>{external-api}:quota:</c>), or the same one into the keys of all its limits.
    /// </summary>
    [Required]
    public string KeyPrefix { get; set; } = "{throttling}:";

    /// <summary>The longest a decision may take, 1 ms to 30 s, default 250 ms; then the caller chooses to fail open or closed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(250);
}
