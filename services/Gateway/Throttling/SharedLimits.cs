using ApiPoc.Domain.Throttling;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Deployments;

namespace ApiPoc.Gateway.Throttling;

/// <summary>The limits of methods, stages and the account, which all callers share.</summary>
internal static class SharedLimits
{
    /// <summary>The method's own bucket; null when it has none.</summary>
    public static LimitRule? OfMethod(DeployedStage stage, string settingsKey) =>
        stage.Settings.MethodSettings.TryGetValue(settingsKey, out var setting)
            ? Bucket(setting, $"method:{stage.ApiId}:{stage.Name}:{settingsKey}", $"method {stage.ApiId}/{stage.Name}{settingsKey}") : null;

    /// <summary>The stage's bucket, over all its methods; null when it has none.</summary>
    public static LimitRule? OfStage(DeployedStage stage) =>
        stage.Settings.MethodSettings.TryGetValue(StageRules.EveryMethod, out var setting)
            ? Bucket(setting, $"stage:{stage.ApiId}:{stage.Name}", $"stage {stage.ApiId}/{stage.Name}") : null;

    /// <summary>The account's bucket, over everything.</summary>
    public static LimitRule OfAccount(AccountDefinition account) => Bucket(account.Throttle, "account", "account");

    /// <summary>A bucket of the definition.</summary>
    public static LimitRule Bucket(ThrottleDefinition throttle, string key, string name) =>
        new(new TokenBucketLimit($"gateway:{key}", name, throttle.RateLimit, throttle.BurstLimit), throttle.Shadow);

    private static LimitRule? Bucket(MethodSetting setting, string key, string name) =>
        setting is { ThrottlingRateLimit: { } rate, ThrottlingBurstLimit: { } burst }
            ? new LimitRule(new TokenBucketLimit($"gateway:{key}", name, rate, burst), setting.ThrottlingShadow ?? false) : null;
}
