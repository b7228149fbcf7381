using ApiPoc.Gateway.Authorizers;
using ApiPoc.Gateway.Caching;
using ApiPoc.Gateway.Concurrency;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Integrations;
using ApiPoc.Gateway.Throttling;
using ApiPoc.Gateway.Validation;

namespace ApiPoc.Gateway.Deployments;

/// <summary>A method as calls meet it.</summary>
internal sealed class DeployedMethod
{
    /// <summary>The stage it belongs to.</summary>
    public required DeployedStage Stage { get; init; }

    /// <summary>The resource's path as declared.</summary>
    public required string ResourcePath { get; init; }

    /// <summary>The HTTP method as declared, which may be <c>ANY</c>.</summary>
    public required string HttpMethod { get; init; }

    /// <summary>The method's definition.</summary>
    public required MethodDefinition Definition { get; init; }

    /// <summary>The settings in force: the method's own over those of <c>*/*</c>.</summary>
    public required MethodSetting Setting { get; init; }

    /// <summary>The authorizer; null when everybody may call.</summary>
    public required Authorizer? Authorizer { get; init; }

    /// <summary>What a request must look like; null when nothing is demanded.</summary>
    public required RequestValidator? Validator { get; init; }

    /// <summary>How answers are cached; null when they are not.</summary>
    public required CachePolicy? Cache { get; init; }

    /// <summary>The calls of the back end in progress; null when they are not limited.</summary>
    public required ConcurrencyGate? Concurrency { get; init; }

    /// <summary>What answers.</summary>
    public required IIntegration Integration { get; init; }

    /// <summary>The limits every caller shares, for callers without a plan.</summary>
    public required LimitRules SharedLimits { get; init; }

    /// <summary>What traces and server metrics call the route.</summary>
    public required Endpoint Endpoint { get; init; }

    /// <summary>The key of its settings, <c>{resource path}/{METHOD}</c>.</summary>
    public string SettingsKey => KeyOf(ResourcePath, HttpMethod);

    /// <summary>The key of a method's settings.</summary>
    public static string KeyOf(string resourcePath, string httpMethod) => resourcePath == "/" ? $"/{httpMethod}" : $"{resourcePath}/{httpMethod}";
}
