using System.ComponentModel.DataAnnotations;
using ApiPoc.Domain.Apis;
using ApiPoc.Domain.Quotas;
using Polly;

namespace ApiPoc.Resilience.Quotas;

/// <summary>What the quota strategy needs.</summary>
public sealed class QuotaStrategyOptions : ResilienceStrategyOptions
{
    /// <summary>Names the strategy in telemetry.</summary>
    public QuotaStrategyOptions() => Name = "Quota";

    /// <summary>Where permits come from.</summary>
    [Required]
    public PermitDesk? Desk { get; set; }

    /// <summary>Who is told what calls teach.</summary>
    [Required]
    public IQuotaEngine? Quota { get; set; }

    /// <summary>Says that a 429 has closed the API.</summary>
    [Required]
    public IQuotaGate? Gate { get; set; }

    /// <summary>Which headers to believe; default all.</summary>
    public QuotaHeaderTrust TrustHeaders { get; set; } = QuotaHeaderTrust.All;

    /// <summary>The longest a call waits for permits, the first and those after a 429 together; 0 to 1 h, default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What a call is about: decides which limits it charges. Default: the empty resource, which charges those of <c>**</c>.</summary>
    [Required]
    public Func<ResilienceContext, PermitRequest> Request { get; set; } = _ => new("", "", "");
}
