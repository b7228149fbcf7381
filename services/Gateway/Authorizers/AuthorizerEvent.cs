using System.Text.Json;
using System.Text.Json.Serialization;
using ApiPoc.Gateway.Definitions;
using ApiPoc.Gateway.Pipeline;

namespace ApiPoc.Gateway.Authorizers;

/// <summary>What an authorizer is given, in the JSON an AWS authorizer function gets.</summary>
internal sealed record AuthorizerEvent
{
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("methodArn")]
    public required string MethodArn { get; init; }

    [JsonPropertyName("authorizationToken")]
    public string? AuthorizationToken { get; init; }

    [JsonPropertyName("resource")]
    public string? Resource { get; init; }

    [JsonPropertyName("path")]
    public string? Path { get; init; }

    [JsonPropertyName("httpMethod")]
    public string? HttpMethod { get; init; }

    [JsonPropertyName("headers")]
    public Dictionary<string, string?>? Headers { get; init; }

    [JsonPropertyName("queryStringParameters")]
    public Dictionary<string, string?>? QueryStringParameters { get; init; }

    [JsonPropertyName("pathParameters")]
    public Dictionary<string, string?>? PathParameters { get; init; }

    [JsonPropertyName("stageVariables")]
    public IReadOnlyDictionary<string, string>? StageVariables { get; init; }

    /// <summary>The event of <paramref name="call"/>.</summary>
    /// <param name="call">The call.</param>
    /// <param name="type">TOKEN gets the token alone, REQUEST the request.</param>
    /// <param name="methodArn">The method called.</param>
    /// <param name="identity">The values of the identity sources.</param>
    public static AuthorizerEvent Of(GatewayCall call, AuthorizerType type, string methodArn, IReadOnlyList<string> identity)
    {
        if (type == AuthorizerType.Token)
            return new AuthorizerEvent { Type = "TOKEN", MethodArn = methodArn, AuthorizationToken = identity[0] };
        return new AuthorizerEvent
        {
            Type = "REQUEST",
            MethodArn = methodArn,
            Resource = call.Method!.ResourcePath,
            Path = call.Path,
            HttpMethod = call.Request.Method,
            Headers = call.Request.Headers.ToDictionary(header => header.Key, header => (string?)header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            QueryStringParameters = call.Request.Query.ToDictionary(value => value.Key, value => (string?)value.Value.ToString(), StringComparer.Ordinal),
            PathParameters = call.Parameters.ToDictionary(),
            StageVariables = call.Stage!.Variables,
        };
    }

    /// <summary>The event as UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, JsonSerializerOptions.Web);
}
