using ApiPoc.Domain.Throttling;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.UsagePlans;

namespace ApiPoc.Gateway.Control.UsagePlans;

/// <summary>A usage plan as the API shows it.</summary>
internal sealed record UsagePlanDocument(
    string Id,
    string Name,
    string? Description,
    IReadOnlyList<ApiStageDocument> ApiStages,
    ThrottleDocument? Throttle,
    QuotaDocument? Quota,
    string? ProductCode,
    IReadOnlyDictionary<string, string>? Tags)
{
    /// <summary>Shows <paramref name="plan"/>.</summary>
    public static UsagePlanDocument Of(UsagePlan plan) => new(
        plan.Id,
        plan.Name,
        plan.Description.Length == 0 ? null : plan.Description,
        [.. plan.ApiStages.Select(ApiStageDocument.Of)],
        ThrottleDocument.Of(plan.Throttle),
        QuotaDocument.Of(plan.Quota),
        plan.ProductCode,
        plan.Tags);
}

/// <summary>What a plan is created from.</summary>
internal sealed record CreateUsagePlanRequest(
    string? Name,
    string? Description,
    IReadOnlyList<ApiStageDocument>? ApiStages,
    ThrottleDocument? Throttle,
    QuotaDocument? Quota,
    Dictionary<string, string>? Tags);

/// <summary>A stage in a plan; throttles by <c>{resource path}/{METHOD}</c>.</summary>
internal sealed record ApiStageDocument(string? ApiId, string? Stage, IReadOnlyDictionary<string, ThrottleDocument?>? Throttle)
{
    /// <summary>Shows <paramref name="stage"/>.</summary>
    public static ApiStageDocument Of(PlanStageDefinition stage) => new(
        stage.ApiId,
        stage.Stage,
        stage.Throttle.Count == 0 ? null : stage.Throttle.ToDictionary(throttle => throttle.Key, throttle => ThrottleDocument.Of(throttle.Value), StringComparer.Ordinal));

    /// <summary>Reads it.</summary>
    /// <exception cref="ControlException">A method's throttle is null, or stands there twice.</exception>
    public PlanStageDefinition ToDefinition() => new()
    {
        ApiId = ApiId ?? "",
        Stage = Stage ?? "",
        Throttle = Throttle is null ? [] : PlanThrottles.Read(Throttle),
    };
}

/// <summary>A token bucket.</summary>
internal sealed record ThrottleDocument(long BurstLimit, double RateLimit)
{
    /// <summary>Shows <paramref name="throttle"/>.</summary>
    public static ThrottleDocument? Of(ThrottleDefinition? throttle) => throttle is null ? null : new(throttle.BurstLimit, throttle.RateLimit);

    /// <summary>Reads it.</summary>
    public ThrottleDefinition ToDefinition() => new() { RateLimit = RateLimit, BurstLimit = BurstLimit };
}

/// <summary>A quota.</summary>
internal sealed record QuotaDocument(long Limit, long Offset, CalendarPeriod? Period)
{
    /// <summary>Shows <paramref name="quota"/>.</summary>
    public static QuotaDocument? Of(QuotaDefinition? quota) => quota is null ? null : new(quota.Limit, quota.Offset, quota.Period);

    /// <summary>Reads it.</summary>
    /// <exception cref="ControlException">The period is missing: nothing says which it would be.</exception>
    public QuotaDefinition ToDefinition() => new()
    {
        Limit = Limit,
        Offset = Offset,
        Period = Period ?? throw new ControlException(ControlError.BadRequest("quota.period: (missing): one of DAY, WEEK, MONTH")),
    };
}
