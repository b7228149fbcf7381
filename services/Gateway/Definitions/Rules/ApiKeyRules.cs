namespace ApiPoc.Gateway.Definitions;

/// <summary>What an API key must hold.</summary>
internal static class ApiKeyRules
{
    /// <summary>The shortest value.</summary>
    public const int MinimumLength = 20;

    /// <summary>The longest value.</summary>
    public const int MaximumLength = 128;

    /// <summary>The longest name.</summary>
    public const int MaximumNameLength = 1024;

    /// <summary>Whether <paramref name="value"/> can be a key: 20 to 128 visible ASCII characters.</summary>
    public static bool IsValue(ReadOnlySpan<char> value) =>
        value.Length is >= MinimumLength and <= MaximumLength && !value.ContainsAnyExceptInRange('!', '~');

    /// <summary>Checks every key of <paramref name="definition"/>. Values are never shown.</summary>
    public static void Validate(GatewayDefinition definition, DefinitionPolicy policy, DefinitionErrors errors)
    {
        foreach (var (id, key) in definition.ApiKeys)
        {
            errors.Check(id.Length is >= 1 and <= 64, id, id, "an id is 1 to 64 characters");
            var here = errors.At(id);
            here.Check((key.Name ?? id).Length is >= 1 and <= MaximumNameLength, "name", "too long", "1 to 1024 characters");
            here.Check(key.Value is null || IsValue(key.Value), "value", "(hidden)", "20 to 128 visible ASCII characters");
            here.Check(
                key.Value is null || policy.AllowSecrets, "value", "(hidden)",
                $"key values stand in the file in Development only; configure Gateway:ApiKeys:{id}");
            CheckPlans(key, definition, here);
        }
        foreach (var same in definition.ApiKeys.Where(key => key.Value.Value is not null).GroupBy(key => key.Value.Value, StringComparer.Ordinal).Where(group => group.Count() > 1))
            errors.At(same.Last().Key).Add("value", "(hidden)", $"the same value as {same.First().Key}");
    }

    private static void CheckPlans(ApiKeyDefinition key, GatewayDefinition definition, DefinitionErrors errors)
    {
        foreach (string planId in key.UsagePlanIds)
            errors.Check(definition.UsagePlans.ContainsKey(planId), "usagePlanIds", planId, "no such usage plan");
        var stages = key.UsagePlanIds.Distinct(StringComparer.Ordinal).Where(definition.UsagePlans.ContainsKey)
            .SelectMany(planId => definition.UsagePlans[planId].ApiStages).GroupBy(stage => (stage.ApiId, stage.Stage));
        foreach (var stage in stages.Where(group => group.Count() > 1))
            errors.Add("usagePlanIds", $"{stage.Key.ApiId}/{stage.Key.Stage}", "a key is in one plan per stage");
    }
}
