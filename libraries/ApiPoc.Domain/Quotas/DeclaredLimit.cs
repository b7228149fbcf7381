using System.ComponentModel.DataAnnotations;

namespace ApiPoc.Domain.Quotas;

/// <summary>What a consumer is told of one limit of an API it calls. Being told wrong is survivable; the engine learns.</summary>
public sealed record DeclaredLimit
{
    /// <summary>What people call it, e.g. <c>survey</c>; unique within the API.</summary>
    [Required]
    public string Name { get; init; } = "default";

    /// <summary>Requests per <see cref="Period"/>; at least 1.</summary>
    [Range(1, 1_000_000_000)]
    public long Count { get; init; }

    /// <summary>The window; 10 ms to 31 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "31.00:00:00")]
    public TimeSpan Period { get; init; }

    /// <summary>
    /// Which resources charge it: path segments where <c>*</c> is any one segment and a trailing <c>**</c> any further ones, e.g.
    /// <c>survey/*/interview/**</c>. The default is every resource.
    /// </summary>
    [Required]
    public string AppliesTo { get; init; } = "**";

    /// <summary>Whose calls alone charge it, as jobs name the tenant; null, the default, where everybody's do.</summary>
    public string? Tenant { get; init; }

    /// <summary>How the API counts, if known.</summary>
    public LimitShape Shape { get; init; } = LimitShape.Unknown;
}

/// <summary>How an API counts requests.</summary>
public enum LimitShape
{
    /// <summary>Not known: paced so that each of the others is obeyed.</summary>
    Unknown,

    /// <summary>A fixed window that opens at its first request.</summary>
    Window,

    /// <summary>Fixed windows by the clock.</summary>
    AlignedWindow,

    /// <summary>A sliding log of the last period.</summary>
    SlidingLog,

    /// <summary>A token bucket of size Count refilled over Period.</summary>
    TokenBucket,
}
