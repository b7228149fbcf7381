using ApiPoc.Domain.Throttling;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Registry;
using ApiPoc.Gateway.Throttling;
using ApiPoc.Gateway.UsagePlans;

namespace ApiPoc.Gateway.Usage;

/// <summary>What keys have used of their quotas, and what they are granted besides.</summary>
internal sealed class UsageStore(RegistryReplica replica, RedisUsage usage, IAdmission admission, DefinitionSource definitions, TimeProvider clock)
{
    /// <summary>One key's usage, a day an entry, from <paramref name="first"/> to <paramref name="last"/> inclusive.</summary>
    /// <exception cref="RegistryException">There is no such plan.</exception>
    public async Task<IReadOnlyList<DailyUsage>> ReadAsync(string planId, string keyId, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        var plan = Require(planId);
        var counts = await usage.ReadAsync(planId, keyId);
        var days = Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays);
        if (plan.Quota is not { } quota || !replica.State.PlanKeys.TryGetValue($"{planId}/{keyId}", out var membership))
            return [.. days.Select(day => new DailyUsage(day, counts.GetValueOrDefault(day), Remaining: 0))];
        var current = await LookAsync(plan, quota, membership, cancellationToken);
        return [.. days.Select(day => new DailyUsage(day, counts.GetValueOrDefault(day), RemainingAt(day, quota, current, counts)))];
    }

    /// <summary>Sets what a key has left in the current period, more or less than the plan gives.</summary>
    /// <exception cref="RegistryException">There is no such plan, the key is not in it, or it has no quota.</exception>
    public async Task SetRemainingAsync(string planId, string keyId, long remaining, CancellationToken cancellationToken)
    {
        var plan = Require(planId);
        if (plan.Quota is not { } quota || !replica.State.PlanKeys.TryGetValue($"{planId}/{keyId}", out var membership))
            throw new RegistryException(RegistryProblem.NotFound, "Invalid Usage Plan Key identifier specified");
        var current = await LookAsync(plan, quota, membership, cancellationToken);
        var allowance = new QuotaAllowance(planId, keyId, current.FirstDay, current.Used + remaining);
        await replica.ChangeAsync(_ => [RegistryState.Item(RegistryNames.Of(RegistryNames.Allowance, planId, keyId), allowance)], cancellationToken);
    }

    private UsagePlan Require(string planId) => replica.State.Plans.TryGetValue(planId, out var plan)
        ? plan : throw new RegistryException(RegistryProblem.NotFound, "Invalid Usage Plan ID specified");

    private async Task<CurrentQuota> LookAsync(UsagePlan plan, QuotaDefinition quota, UsagePlanKey membership, CancellationToken cancellationToken)
    {
        var behaviour = definitions.Current.Behaviour;
        var allowance = replica.State.Allowances.GetValueOrDefault($"{plan.Id}/{membership.KeyId}");
        var now = clock.GetUtcNow();
        var limit = (CalendarLimit)QuotaLimit.Of(quota, new PlanLimits(plan, membership, allowance, behaviour), now).Rule.Limit;
        // Looked at with room to spare: what was used may exceed a limit that was lowered since.
        var roomy = limit with { Count = LimitSet.MaxCapacity };
        var looked = await admission.AdmitAsync([roomy], cost: 0, cancellationToken);
        long used = roomy.Count - looked.Limits[0].Remaining;
        return new CurrentQuota(QuotaLimit.FirstDay(limit.PeriodAround(now).Start, limit.UtcOffset), limit.Count, used);
    }

    private static long RemainingAt(DateOnly day, QuotaDefinition quota, CurrentQuota current, IReadOnlyDictionary<DateOnly, long> counts)
    {
        if (day < current.FirstDay)
            return Math.Max(0, quota.Limit - counts.GetValueOrDefault(day));
        // What was used after that day was still left on it.
        long later = counts.Where(count => count.Key > day).Sum(count => count.Value);
        return Math.Max(0, current.Limit - current.Used + later);
    }

    private sealed record CurrentQuota(DateOnly FirstDay, long Limit, long Used);
}

/// <summary>One key's day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Used">Requests made.</param>
/// <param name="Remaining">Requests left of the quota at the end of the day; 0 without a quota.</param>
internal sealed record DailyUsage(DateOnly Day, long Used, long Remaining);
