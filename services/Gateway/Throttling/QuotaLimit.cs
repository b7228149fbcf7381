using ApiPoc.Domain.Throttling;
using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Throttling;

/// <summary>A plan's quota for one key in one period.</summary>
/// <param name="Rule">The limit.</param>
/// <param name="ValidUntil">The period's end.</param>
internal sealed record QuotaLimit(LimitRule Rule, DateTimeOffset ValidUntil)
{
    /// <summary>The quota around <paramref name="now"/>: an allowance replaces its count, the key's first period is shortened by the offset.</summary>
    public static QuotaLimit Of(QuotaDefinition quota, PlanLimits plan, DateTimeOffset now)
    {
        var limit = Calendar(plan.Plan.Id, plan.Membership.KeyId, quota, plan.Behaviour);
        var (start, end) = limit.PeriodAround(now);
        var counted = limit with { Count = Math.Max(1, Count(quota, plan, start, end, limit.UtcOffset)) };
        return new QuotaLimit(new LimitRule(counted, plan.Plan.Shadow), end);
    }

    /// <summary>The calendar window of a plan's quota for one key, with the plan's full count.</summary>
    public static CalendarLimit Calendar(string planId, string keyId, QuotaDefinition quota, BehaviourDefinition behaviour) =>
        new($"gateway:quota:{planId}:{keyId}", $"quota {planId}", quota.Limit, quota.Period)
        {
            WeekStart = behaviour.QuotaWeekStart,
            UtcOffset = behaviour.QuotaUtcOffset,
        };

    /// <summary>The first day of the period that begins at <paramref name="start"/>, in the quota's own zone.</summary>
    public static DateOnly FirstDay(DateTimeOffset start, TimeSpan utcOffset) => DateOnly.FromDateTime(start.ToOffset(utcOffset).DateTime);

    private static long Count(QuotaDefinition quota, PlanLimits plan, DateTimeOffset start, DateTimeOffset end, TimeSpan utcOffset)
    {
        if (plan.Allowance is { } allowance && allowance.PeriodStart == FirstDay(start, utcOffset))
            return allowance.Limit;
        bool isFirstPeriod = plan.Membership.AddedAt >= start && plan.Membership.AddedAt < end;
        return isFirstPeriod ? quota.Limit - quota.Offset : quota.Limit;
    }
}
