using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Stages;

namespace ApiPoc.Gateway.Deployments;

/// <summary>Which settings are in force for a method.</summary>
internal static class MethodSettings
{
    /// <summary>The method's own settings over those of <c>*/*</c>. Throttles are not merged: each is a bucket of its own.</summary>
    /// <returns>The settings, and whether caching is the method's own choice.</returns>
    public static (MethodSetting Setting, bool IsCachingOwn) Of(StageSettings stage, string settingsKey)
    {
        var all = stage.MethodSettings.GetValueOrDefault(StageRules.EveryMethod) ?? new MethodSetting();
        if (!stage.MethodSettings.TryGetValue(settingsKey, out var own))
            return (all, false);
        var merged = own with
        {
            CachingEnabled = own.CachingEnabled ?? all.CachingEnabled,
            CacheTtlInSeconds = own.CacheTtlInSeconds ?? all.CacheTtlInSeconds,
            RequireAuthorizationForCacheControl = own.RequireAuthorizationForCacheControl ?? all.RequireAuthorizationForCacheControl,
            UnauthorizedCacheControlHeaderStrategy = own.UnauthorizedCacheControlHeaderStrategy ?? all.UnauthorizedCacheControlHeaderStrategy,
            MetricsEnabled = own.MetricsEnabled ?? all.MetricsEnabled,
        };
        return (merged, own.CachingEnabled is true);
    }
}
