using ApiPoc.Domain.Throttling;

namespace ApiPoc.Gateway.Throttling;

/// <summary>The limits one call passes, in the order in which they are named when several refuse.</summary>
/// <param name="Enforced">What decides; one admission asks for all of it.</param>
/// <param name="Shadow">What is only counted and reported.</param>
internal sealed record LimitRules(IReadOnlyList<Limit> Enforced, IReadOnlyList<Limit> Shadow)
{
    /// <summary>Sorts <paramref name="rules"/> by whether they are enforced.</summary>
    public static LimitRules Of(IEnumerable<LimitRule?> rules)
    {
        var present = rules.OfType<LimitRule>().ToLookup(rule => rule.IsShadow, rule => rule.Limit);
        return new LimitRules([.. present[false]], [.. present[true]]);
    }
}

/// <summary>A limit, and whether it is enforced.</summary>
internal sealed record LimitRule(Limit Limit, bool IsShadow);
