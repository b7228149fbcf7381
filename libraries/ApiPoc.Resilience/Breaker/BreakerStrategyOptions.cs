using System.ComponentModel.DataAnnotations;
using Polly;

namespace ApiPoc.Resilience.Breaker;

/// <summary>What the breaker strategy needs.</summary>
public sealed class BreakerStrategyOptions : ResilienceStrategyOptions
{
    /// <summary>Names the strategy in telemetry.</summary>
    public BreakerStrategyOptions() => Name = "SharedBreaker";

    /// <summary>The API.</summary>
    [Required]
    public string ApiId { get; set; } = "";

    /// <summary>The breakers all processes share.</summary>
    [Required]
    public SharedBreaker? Breaker { get; set; }
}
