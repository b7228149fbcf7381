using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Control.RestApis;

/// <summary>A method as the API shows it; empty where only its name is asked for.</summary>
internal sealed record MethodDocument
{
    /// <summary>The verb.</summary>
    public string? HttpMethod { get; init; }

    /// <summary><c>NONE</c> or <c>CUSTOM</c>.</summary>
    public string? AuthorizationType { get; init; }

    /// <summary>The authorizer; null without one.</summary>
    public string? AuthorizerId { get; init; }

    /// <summary>Whether a call needs an API key.</summary>
    public bool? ApiKeyRequired { get; init; }

    /// <summary>Declared parameters and whether each is required.</summary>
    public IReadOnlyDictionary<string, bool>? RequestParameters { get; init; }

    /// <summary>The body's model by media type.</summary>
    public IReadOnlyDictionary<string, string>? RequestModels { get; init; }

    /// <summary>What answers.</summary>
    public IntegrationDocument? MethodIntegration { get; init; }

    /// <summary>Shows <paramref name="method"/>.</summary>
    public static MethodDocument Of(ApiResource resource, string verb, MethodDefinition method) => new()
    {
        HttpMethod = verb,
        AuthorizationType = method.Authorizer is null ? "NONE" : "CUSTOM",
        AuthorizerId = method.Authorizer,
        ApiKeyRequired = method.ApiKeyRequired,
        RequestParameters = method.RequestParameters.Count == 0 ? null : method.RequestParameters,
        RequestModels = method.RequestModel is { } model ? new Dictionary<string, string>(StringComparer.Ordinal) { ["application/json"] = model } : null,
        MethodIntegration = IntegrationDocument.Of(resource, verb, method),
    };
}

/// <summary>An integration as the API shows it.</summary>
/// <param name="Type"><c>HTTP_PROXY</c>, <c>AWS</c> or <c>MOCK</c>.</param>
/// <param name="HttpMethod">The verb sent; null for a mock.</param>
/// <param name="Uri">Where to; null for a mock.</param>
/// <param name="PassthroughBehavior">What happens to bodies of undeclared types: they pass.</param>
/// <param name="TimeoutInMillis">How long it may take.</param>
/// <param name="CacheNamespace">The resource.</param>
/// <param name="CacheKeyParameters">What the cache tells requests apart by.</param>
internal sealed record IntegrationDocument(
    string Type, string? HttpMethod, string? Uri, string PassthroughBehavior, int TimeoutInMillis, string CacheNamespace, IReadOnlyList<string> CacheKeyParameters)
{
    /// <summary>Shows the integration of <paramref name="method"/>.</summary>
    public static IntegrationDocument Of(ApiResource resource, string verb, MethodDefinition method)
    {
        var integration = method.Integration;
        var (type, sent, uri) = integration switch
        {
            { Http: { } http } => ("HTTP_PROXY", http.Method ?? verb, http.Uri),
            { Sqs: { } sqs } => ("AWS", "POST", $"arn:aws:apigateway:us-east-1:sqs:path/000000000000/{sqs.Queue}"),
            { DynamoDb: not null } => ("AWS", "POST", "arn:aws:apigateway:us-east-1:dynamodb:action/PutItem"),
            _ => ("MOCK", null, null),
        };
        return new IntegrationDocument(type, sent, uri, "WHEN_NO_MATCH", (int)integration.Timeout.TotalMilliseconds, resource.Id, method.CacheKeyParameters);
    }
}
