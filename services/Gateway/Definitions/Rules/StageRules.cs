using System.Text.RegularExpressions;

namespace ApiPoc.Gateway.Definitions;

/// <summary>What a stage must hold.</summary>
internal static partial class StageRules
{
    /// <summary>The key of a setting for every method.</summary>
    public const string EveryMethod = "*/*";

    /// <summary>Checks one stage of <paramref name="api"/>.</summary>
    public static void Validate(string name, StageDefinition stage, RestApiDefinition api, DefinitionErrors errors)
    {
        errors.Check(NamePattern().IsMatch(name), "", name, "a stage's name is 1 to 128 letters, digits, hyphens and underscores");
        foreach (var (key, setting) in stage.MethodSettings)
        {
            errors.At("methodSettings").Check(key == EveryMethod || IsMethod(key, api), key, key, "*/* or {resource path}/{METHOD} of this API");
            Validate(setting, errors.At("methodSettings").At(key));
        }
        CheckVariables(stage.Variables, api, errors);
        for (int index = 0; index < stage.Firewall.Count; index++)
            FirewallRules.Validate(stage.Firewall[index], errors.At("firewall").At(index));
        errors.Check(stage.Firewall.DistinctBy(rule => rule.Name).Count() == stage.Firewall.Count, "firewall", "repeated name", "each rule has its own name");
    }

    /// <summary>Checks one setting; the control plane's patches pass here too.</summary>
    public static void Validate(MethodSetting setting, DefinitionErrors errors)
    {
        if (setting.ThrottlingRateLimit is { } rate)
            ThrottleRules.CheckRate(rate, "throttlingRateLimit", errors);
        if (setting.ThrottlingBurstLimit is { } burst)
            ThrottleRules.CheckBurst(burst, "throttlingBurstLimit", errors);
        errors.Check(
            (setting.ThrottlingRateLimit is null) == (setting.ThrottlingBurstLimit is null),
            "throttlingRateLimit", setting.ThrottlingRateLimit, "stands together with throttlingBurstLimit");
        errors.Check(setting.CacheTtlInSeconds is null or (>= 0 and <= 3600), "cacheTtlInSeconds", setting.CacheTtlInSeconds, "0 to 3600");
        errors.Check(setting.LoggingLevel is null or "OFF" or "ERROR" or "INFO", "loggingLevel", setting.LoggingLevel, "OFF, ERROR or INFO");
    }

    /// <summary>Whether <paramref name="key"/> names a method of <paramref name="api"/> as <c>{resource path}/{METHOD}</c>.</summary>
    public static bool IsMethod(string key, RestApiDefinition api)
    {
        int slash = key.LastIndexOf('/');
        if (slash < 0)
            return false;
        string path = slash == 0 ? "/" : key[..slash];
        return api.Resources.TryGetValue(path, out var methods) && methods.ContainsKey(key[(slash + 1)..]);
    }

    /// <summary>
    /// Checks that every variable that is used is there. One may also come from configuration, which is not known here; then it has no
    /// value in the file, so it is declared empty.
    /// </summary>
    public static void CheckVariables(IReadOnlyDictionary<string, string> variables, RestApiDefinition api, DefinitionErrors errors)
    {
        var templates = api.Resources.Values.SelectMany(methods => methods.Values).Select(method => method.Integration.Http?.Uri)
            .Concat(api.Authorizers.Values.Select(authorizer => authorizer.Http?.Uri));
        foreach (string name in templates.OfType<string>().SelectMany(PathTemplate.VariablesOf).Distinct(StringComparer.Ordinal))
            errors.At("variables").Check(variables.ContainsKey(name), name, null, "used by an integration or authorizer; declare it, empty when configuration gives it");
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,128}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: PatternTimeout.Milliseconds)]
    private static partial Regex NamePattern();
}
