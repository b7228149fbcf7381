using ApiPoc.Gateway.Control.Patching;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Stages;

namespace ApiPoc.Gateway.Control.Stages;

/// <summary>What can be patched of a stage.</summary>
internal static class StagePatch
{
    private static readonly Dictionary<string, string> CacheSizes =
        new[] { "0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237" }.ToDictionary(size => size, StringComparer.Ordinal);

    private static readonly Dictionary<string, UnauthorizedCacheControlStrategy> Strategies = new(StringComparer.Ordinal)
    {
        ["FAIL_WITH_403"] = UnauthorizedCacheControlStrategy.FailWith403,
        ["SUCCEED_WITH_RESPONSE_HEADER"] = UnauthorizedCacheControlStrategy.SucceedWithResponseHeader,
        ["SUCCEED_WITHOUT_RESPONSE_HEADER"] = UnauthorizedCacheControlStrategy.SucceedWithoutResponseHeader,
    };

    /// <summary>
    /// AWS's table for UpdateStage, as far as this gateway has what it changes. Removing a method's setting or all of them lets
    /// <c>*/*</c> apply again; a negative throttle is none, as with AWS.
    /// </summary>
    public static PatchTable<StageSettings> Table { get; } = new(
    [
        new("/cacheClusterEnabled", PatchOps.Replace, (stage, patch) => stage with { CacheClusterEnabled = patch.Boolean }),
        new("/cacheClusterSize", PatchOps.Replace, (stage, patch) => stage with { CacheClusterSize = patch.OneOf(CacheSizes) }),
        new("/description", PatchOps.Replace, (stage, patch) => stage with { Description = patch.Text }),
        new("/variables/{name}", PatchOps.Set, WithVariable),
        new("/variables/{name}", PatchOps.Remove, WithoutVariable),
        .. Setting("metrics/enabled", (setting, patch) => setting with { MetricsEnabled = patch?.Boolean }),
        .. Setting("logging/dataTrace", (setting, patch) => setting with { DataTraceEnabled = patch?.Boolean }),
        .. Setting("logging/loglevel", (setting, patch) => setting with { LoggingLevel = patch?.Text }),
        .. Setting("throttling/burstLimit", (setting, patch) => setting with { ThrottlingBurstLimit = patch?.Integer is >= 0 and var burst ? burst : null }),
        .. Setting("throttling/rateLimit", (setting, patch) => setting with { ThrottlingRateLimit = patch?.Number is >= 0 and var rate ? rate : null }),
        .. Setting("caching/enabled", (setting, patch) => setting with { CachingEnabled = patch?.Boolean }),
        .. Setting("caching/dataEncrypted", (setting, patch) => setting with { CacheDataEncrypted = patch?.Boolean }),
        .. Setting("caching/ttlInSeconds", (setting, patch) => setting with { CacheTtlInSeconds = patch?.Integer }),
        .. Setting("caching/requireAuthorizationForCacheControl", (setting, patch) => setting with { RequireAuthorizationForCacheControl = patch?.Boolean }),
        .. Setting("caching/unauthorizedCacheControlHeaderStrategy",
            (setting, patch) => setting with { UnauthorizedCacheControlHeaderStrategy = patch?.OneOf(Strategies) }),
        new("/{resourcePath}/{httpMethod}", PatchOps.Remove, WithoutOverride),
    ]);

    // Without an operation the setting is removed.
    private static IEnumerable<PatchRow<StageSettings>> Setting(string name, Func<MethodSetting, PatchOperation?, MethodSetting> change)
    {
        string path = $"/{{resourcePath}}/{{httpMethod}}/{name}";
        yield return new(path, PatchOps.Set, (stage, patch, places) => With(stage, places, setting => change(setting, patch)));
        yield return new(path, PatchOps.Remove, (stage, _, places) => With(stage, places, setting => change(setting, null)));
    }

    private static StageSettings With(StageSettings stage, IReadOnlyList<string> places, Func<MethodSetting, MethodSetting> change)
    {
        string key = MethodKey.Of(places[0], places[1]);
        var settings = new Dictionary<string, MethodSetting>(stage.MethodSettings, StringComparer.Ordinal)
        {
            [key] = change(stage.MethodSettings.GetValueOrDefault(key) ?? new MethodSetting()),
        };
        if (settings[key] == new MethodSetting())
            settings.Remove(key);
        return stage with { MethodSettings = settings };
    }

    private static StageSettings WithoutOverride(StageSettings stage, PatchOperation patch, IReadOnlyList<string> places)
    {
        var settings = new Dictionary<string, MethodSetting>(stage.MethodSettings, StringComparer.Ordinal);
        return settings.Remove(MethodKey.Of(places[0], places[1]))
            ? stage with { MethodSettings = settings } : throw new ControlException(ControlError.NotFound($"Invalid method setting path: {patch.Path}"));
    }

    private static StageSettings WithVariable(StageSettings stage, PatchOperation patch, IReadOnlyList<string> places) =>
        stage with { Variables = new(stage.Variables, StringComparer.Ordinal) { [places[0]] = patch.Text } };

    private static StageSettings WithoutVariable(StageSettings stage, PatchOperation patch, IReadOnlyList<string> places) =>
        stage with { Variables = stage.Variables.Where(variable => variable.Key != places[0]).ToDictionary(StringComparer.Ordinal) };
}
