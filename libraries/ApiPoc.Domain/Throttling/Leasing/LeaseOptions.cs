using System.ComponentModel.DataAnnotations;

namespace ApiPoc.Domain.Throttling;

/// <summary>Configuration section <c>Leases</c>: how far a process may take permits ahead of their use.</summary>
public sealed class LeaseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Leases";

    /// <summary>The most permits taken ahead for one set of limits at a time; 0 takes none and only gathers requests that come at once. 0 to 10,000, default 128.</summary>
    [Range(0, 10_000)]
    public int MaxAhead { get; set; } = 128;

    /// <summary>
    /// Permits are taken ahead only while what remains of the tightest limit is more than this many times as much: near a limit nobody holds
    /// what another could use, and low limits are never leased, which need it least. 2 to 100,000, default 256.
    /// </summary>
    [Range(2, 100_000)]
    public int Distance { get; set; } = 256;

    /// <summary>How long permits may be held; then they are given back. 1 ms to 10 s, default 50 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan Life { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a refusal is believed without asking again, at most; never longer than its own retry-after. 0 to 10 s, default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan RefusalLife { get; set; } = TimeSpan.FromMilliseconds(100);
}
