using System.Text.Json.Nodes;
using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.Kit;

/// <summary>A gateway with one small API, for tests of the control plane's operations.</summary>
public sealed class ControlGateway : IAsyncLifetime
{
    /// <summary>The definition: an API with a stage, a plan and a key.</summary>
    public const string Definition = """
        {
          "restApis": {
            "pets": {
              "name": "Pets",
              "resources": {
                "/pets/{id}": {
                  "GET": {
                    "apiKeyRequired": true, "requestParameters": { "method.request.path.id": true }, "cacheKeyParameters": ["method.request.path.id"],
                    "integration": { "mock": { "body": "{\"request\":\"$context.requestId\"}" } }
                  }
                },
                "/": { "ANY": { "integration": { "http": { "uri": "${stageVariables.backEnd}/x", "method": "PUT" } } } }
              },
              "stages": { "prod": { "variables": { "backEnd": "http://localhost:9" } }, "dev": { "variables": { "backEnd": "" } } }
            }
          },
          "usagePlans": { "seeded": { "name": "Seeded", "apiStages": [{ "apiId": "pets", "stage": "dev" }] } },
          "apiKeys": { "seeded": { "value": "seeded-key-value-000001", "usagePlanIds": ["seeded"] } }
        }
        """;

    private RedisServer _redis = null!;

    /// <summary>The gateway.</summary>
    public GatewayHost Gateway { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _redis = await RedisServer.StartAsync();
        Gateway = await GatewayHost.StartAsync(_redis, Definition);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _redis.DisposeAsync();
    }

    /// <summary>Calls an operation that succeeds with <paramref name="status"/>.</summary>
    public async Task<JsonNode> CallAsync(string method, string path, string? body = null, int status = 200)
    {
        var reply = await Gateway.ControlAsync(method, path, body);
        Assert.True(reply.Status == status, $"{method} {path} answered {reply.Status}: {reply.Body}");
        Assert.True(Guid.TryParse(reply["x-amzn-RequestId"], out _));
        return reply.Body.Length == 0 ? new JsonObject() : reply.Json;
    }

    /// <summary>Patches with one operation, which succeeds.</summary>
    public Task<JsonNode> PatchAsync(string path, string op, string patchPath, string? value = null) => CallAsync("PATCH", path, Patch(op, patchPath, value));

    /// <summary>The body of a patch with one operation.</summary>
    public static string Patch(string op, string path, string? value = null) =>
        new JsonObject { ["patchOperations"] = new JsonArray(new JsonObject { ["op"] = op, ["path"] = path, ["value"] = value }) }.ToJsonString();

    /// <summary>Calls an operation that is refused, and returns the refusal: status, error type, message.</summary>
    public async Task<(int Status, string? Type, string Message)> RefusedAsync(string method, string path, string? body = null)
    {
        var reply = await Gateway.ControlAsync(method, path, body);
        Assert.Equal("application/json", reply["Content-Type"]);
        Assert.True(Guid.TryParse(reply["x-amzn-RequestId"], out _));
        return (reply.Status, reply["x-amzn-ErrorType"], (string)reply.Json["message"]!);
    }

    /// <summary>Creates something and returns its id.</summary>
    public async Task<string> CreateAsync(string path, string body) => (string)(await CallAsync("POST", path, body, status: 201))["id"]!;
}
