using System.Text.RegularExpressions;

namespace ApiPoc.Gateway.Definitions;

/// <summary>Checks what the types cannot say. Every rule reports; none stops the others.</summary>
internal static partial class GatewayDefinitionValidator
{
    /// <summary>Checks <paramref name="definition"/> and adds to <paramref name="errors"/>.</summary>
    public static void Validate(GatewayDefinition definition, DefinitionPolicy policy, DefinitionErrors errors)
    {
        ThrottleRules.Validate(definition.Account.Throttle, errors.At("account").At("throttle"));
        BehaviourRules.Validate(definition.Behaviour, errors.At("behaviour"));
        foreach (var (id, api) in definition.RestApis)
        {
            errors.At("restApis").Check(IdPattern().IsMatch(id), id, id, "an id is 1 to 63 lower-case letters, digits and hyphens");
            RestApiRules.Validate(api, errors.At("restApis").At(id));
        }
        UsagePlanRules.Validate(definition, errors);
        ApiKeyRules.Validate(definition, policy, errors.At("apiKeys"));
        AlarmRules.Validate(definition, errors.At("alarms"));
    }

    // An id is part of a host name, so it is a DNS label.
    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: PatternTimeout.Milliseconds)]
    private static partial Regex IdPattern();
}
