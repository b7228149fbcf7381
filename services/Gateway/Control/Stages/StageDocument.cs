using ApiPoc.Gateway.Caching;
using ApiPoc.Gateway.Control.Patching;
using ApiPoc.Gateway.Control.RestApis;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Stages;

namespace ApiPoc.Gateway.Control.Stages;

/// <summary>A stage as the API shows it.</summary>
internal sealed record StageDocument(
    string DeploymentId,
    string StageName,
    string? Description,
    bool CacheClusterEnabled,
    string? CacheClusterSize,
    string CacheClusterStatus,
    IReadOnlyDictionary<string, MethodSettingDocument> MethodSettings,
    IReadOnlyDictionary<string, string>? Variables,
    bool TracingEnabled,
    DateTimeOffset CreatedDate,
    DateTimeOffset LastUpdatedDate)
{
    /// <summary>Shows <paramref name="stage"/>; <paramref name="account"/> is what stands where it has no throttle of its own.</summary>
    public static StageDocument Of(StageSettings stage, AccountDefinition account) => new(
        DeclaredId.OfDeployment(stage.ApiId),
        stage.Stage,
        stage.Description.Length == 0 ? null : stage.Description,
        stage.CacheClusterEnabled,
        stage.CacheClusterEnabled ? stage.CacheClusterSize : null,
        stage.CacheClusterEnabled ? "AVAILABLE" : "NOT_AVAILABLE",
        stage.MethodSettings.Keys.ToDictionary(MethodKey.Shown, key => MethodSettingDocument.Of(stage, key, account), StringComparer.Ordinal),
        stage.Variables.Count == 0 ? null : stage.Variables,
        TracingEnabled: false,
        stage.CreatedAt,
        stage.UpdatedAt);
}

/// <summary>A method's settings as the API shows them: complete, with what is in force where nothing was said.</summary>
internal sealed record MethodSettingDocument(
    bool MetricsEnabled,
    string? LoggingLevel,
    bool DataTraceEnabled,
    long ThrottlingBurstLimit,
    double ThrottlingRateLimit,
    bool CachingEnabled,
    int CacheTtlInSeconds,
    bool CacheDataEncrypted,
    bool RequireAuthorizationForCacheControl,
    UnauthorizedCacheControlStrategy UnauthorizedCacheControlHeaderStrategy)
{
    /// <summary>Shows the settings under <paramref name="key"/>.</summary>
    public static MethodSettingDocument Of(StageSettings stage, string key, AccountDefinition account)
    {
        var (setting, _) = Deployments.MethodSettings.Of(stage, key);
        return new MethodSettingDocument(
            setting.MetricsEnabled ?? false,
            setting.LoggingLevel,
            setting.DataTraceEnabled ?? false,
            setting.ThrottlingBurstLimit ?? account.Throttle.BurstLimit,
            setting.ThrottlingRateLimit ?? account.Throttle.RateLimit,
            setting.CachingEnabled ?? false,
            setting.CacheTtlInSeconds ?? CachePolicy.DefaultTtlSeconds,
            setting.CacheDataEncrypted ?? false,
            setting.RequireAuthorizationForCacheControl ?? true,
            setting.UnauthorizedCacheControlHeaderStrategy ?? UnauthorizedCacheControlStrategy.SucceedWithResponseHeader);
    }
}
