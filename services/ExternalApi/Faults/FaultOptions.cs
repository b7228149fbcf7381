using System.ComponentModel.DataAnnotations;

namespace ApiPoc.ExternalApi.Faults;

/// <summary>
/// Configuration section <c>Faults</c>, and in Development the body of <c>PUT /admin/faults</c>: how the API misbehaves, so that its
/// consumers can be tested. By default it does not. Rates are shares of the calls that would have been served, 0 to 1,
/// together at most 1; what is drawn is drawn after the quota was charged.
/// </summary>
internal sealed class FaultOptions
{
    public const string Section = "Faults";

    /// <summary>Added to every answer, also to refusals; 0 to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Latency { get; set; }

    /// <summary>Up to this much more, evenly spread; 0 to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Jitter { get; set; }

    /// <summary>Answered with 500.</summary>
    [Range(0.0, 1.0)]
    public double ErrorRate { get; set; }

    /// <summary>Never answered: the caller must give up, or is cut off after a minute.</summary>
    [Range(0.0, 1.0)]
    public double HangRate { get; set; }

    /// <summary>Answered with 200 and a body that is not JSON, though it says so.</summary>
    [Range(0.0, 1.0)]
    public double GarbageRate { get; set; }

    /// <summary>Cut off by a TCP reset.</summary>
    [Range(0.0, 1.0)]
    public double ResetRate { get; set; }

    /// <summary>Somebody else with the same API key.</summary>
    [Required]
    public OtherClientOptions OtherClient { get; set; } = new();

    /// <summary>Whether nothing is switched on.</summary>
    public bool IsHarmless() =>
        Latency + Jitter == TimeSpan.Zero && ErrorRate + HangRate + GarbageRate + ResetRate == 0 && OtherClient.Calls == 0;
}

/// <summary>Another client that eats part of a quota, in bursts.</summary>
internal sealed class OtherClientOptions
{
    /// <summary>Whose quota it eats; default <c>none</c>.</summary>
    [Required, MaxLength(128)]
    public string ApiKey { get; set; } = "none";

    /// <summary>What it calls; default <c>/survey/1</c>.</summary>
    [Required]
    public string Path { get; set; } = "/survey/1";

    /// <summary>Calls per burst; 0 to 100,000, default 0: it does nothing.</summary>
    [Range(0, 100_000)]
    public int Calls { get; set; }

    /// <summary>The time from burst to burst; 10 ms to 1 day, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(1);
}
