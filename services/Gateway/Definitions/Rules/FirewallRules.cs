namespace ApiPoc.Gateway.Definitions;

/// <summary>What a rate rule must hold.</summary>
internal static class FirewallRules
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(2);

    /// <summary>Checks one rule.</summary>
    public static void Validate(RateRuleDefinition rule, DefinitionErrors errors)
    {
        errors.Check(rule.Name.Length is >= 1 and <= 128, "name", rule.Name, "1 to 128 characters");
        errors.Check(rule.Limit is >= 10 and <= 2_000_000_000, "limit", rule.Limit, "10 to 2000000000 requests per window");
        errors.Check(rule.Window.TotalSeconds is 60 or 120 or 300 or 600, "window", rule.Window, "00:01:00, 00:02:00, 00:05:00 or 00:10:00");
        errors.Check(rule.DetectionDelay >= TimeSpan.Zero && rule.DetectionDelay <= LongestDelay, "detectionDelay", rule.DetectionDelay, "00:00:00 to 00:02:00");
        errors.Check(rule.ForwardedHeader.Length > 0, "forwardedHeader", null, "a header's name");
        errors.Check(rule.ScopeDownPath.StartsWith('/'), "scopeDownPath", rule.ScopeDownPath, "a path, beginning with /");
        if (rule.Response is not { } response)
            return;
        errors.At("response").Check(response.Status is >= 200 and <= 599, "status", response.Status, "200 to 599");
        errors.At("response").Check(response.Body.Length <= 4096, "body", $"{response.Body.Length} characters", "at most 4096");
    }
}
