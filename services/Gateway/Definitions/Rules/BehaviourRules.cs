namespace ApiPoc.Gateway.Definitions;

/// <summary>What the choices of behaviour may be.</summary>
internal static class BehaviourRules
{
    /// <summary>Checks the section <c>behaviour</c>.</summary>
    public static void Validate(BehaviourDefinition behaviour, DefinitionErrors errors)
    {
        errors.Check(behaviour.AccessDeniedMember is "Message" or "message", "accessDeniedMember", behaviour.AccessDeniedMember, "Message or message");
        errors.Check(
            behaviour.QuotaUtcOffset.Duration() <= TimeSpan.FromHours(14) && behaviour.QuotaUtcOffset.Ticks % TimeSpan.TicksPerMinute == 0,
            "quotaUtcOffset", behaviour.QuotaUtcOffset, "whole minutes within -14:00:00 to 14:00:00");
        CheckHeaderValue(behaviour.FirewallErrorType, "firewallErrorType", errors);
        CheckHeaderValue(behaviour.CacheControlWarning, "cacheControlWarning", errors);
    }

    private static void CheckHeaderValue(string value, string member, DefinitionErrors errors) =>
        errors.Check(value.Length > 0 && !value.AsSpan().ContainsAnyExceptInRange(' ', '~'), member, value, "visible ASCII characters and spaces");
}
