using System.Text.RegularExpressions;
using ApiPoc.Gateway.Control.Patching;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Stages;

namespace ApiPoc.Gateway.Control.Stages;

/// <summary>Completes a stage's patched settings and holds them to the rules of <c>gateway.json</c>.</summary>
internal static partial class StageCheck
{
    /// <summary>Gives <paramref name="stage"/> back, complete, when it is in order.</summary>
    /// <param name="stage">The patched settings.</param>
    /// <param name="before">What they were; what was not patched is not looked at again, for the file may have changed since.</param>
    /// <param name="definition">The APIs there are.</param>
    /// <exception cref="ControlException">It is not; everything that is wrong is named.</exception>
    public static StageSettings Checked(StageSettings stage, StageSettings before, GatewayDefinition definition)
    {
        var complete = stage with
        {
            MethodSettings = stage.MethodSettings.ToDictionary(setting => setting.Key, setting => Complete(setting.Value, definition.Account), StringComparer.Ordinal),
        };
        var api = definition.RestApis[stage.ApiId];
        RuleCheck.Run(errors =>
        {
            foreach (var (key, setting) in complete.MethodSettings.Where(setting => before.MethodSettings.GetValueOrDefault(setting.Key) != setting.Value))
                Check(key, setting, api, errors);
            StageRules.CheckVariables(complete.Variables, api, errors);
            foreach (var (name, value) in complete.Variables.Where(variable => before.Variables.GetValueOrDefault(variable.Key) != variable.Value))
                errors.At("variables").Check(NamePattern().IsMatch(name) && ValuePattern().IsMatch(value), name, value, "a name of letters, digits and _, a value of letters, digits and -._~:/?#&=,");
        });
        return complete;
    }

    private static void Check(string key, MethodSetting setting, RestApiDefinition api, DefinitionErrors errors)
    {
        if (key != StageRules.EveryMethod && !StageRules.IsMethod(key, api))
            throw new ControlException(ControlError.BadRequest($"Invalid method setting path: {key}: no such method in this API"));
        StageRules.Validate(setting, errors.At("methodSettings").At(key));
    }

    // A bucket needs both numbers; where a client gives one, AWS takes the account's for the other.
    private static MethodSetting Complete(MethodSetting setting, AccountDefinition account) => setting switch
    {
        { ThrottlingRateLimit: null, ThrottlingBurstLimit: not null } => setting with { ThrottlingRateLimit = account.Throttle.RateLimit },
        { ThrottlingRateLimit: not null, ThrottlingBurstLimit: null } => setting with { ThrottlingBurstLimit = account.Throttle.BurstLimit },
        _ => setting,
    };

    [GeneratedRegex("^[A-Za-z0-9_]+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: PatternTimeout.Milliseconds)]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[A-Za-z0-9._~:/?#&=,-]*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: PatternTimeout.Milliseconds)]
    private static partial Regex ValuePattern();
}
