using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;
using Microsoft.AspNetCore.Http;

namespace ApiPoc.Gateway.Tests.BadInputs;

/// <summary>A gateway with a method of each kind that bad input can meet.</summary>
public sealed class BadInputFixture : IAsyncLifetime
{
    public const string Key = "bad-input-key-000000000001";

    /// <summary>The path before every method's own.</summary>
    public const string Stage = "/_aws/execute-api/bad/aws";

    public RedisServer Redis { get; private set; } = null!;

    public Backend Backend { get; private set; } = null!;

    public GatewayHost Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Redis = await RedisServer.StartAsync();
        Backend = await Backend.StartAsync(async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            await http.Response.WriteAsync("{}");
        });
        Gateway = await GatewayHost.StartAsync(
            Redis,
            $$"""
            {
              "restApis": {
                "bad": {
                  "models": { "Thing": { "type": "object", "required": ["name"] } },
                  "resources": {
                    "/open": { "GET": { "integration": { "mock": {} } } },
                    "/throttled": { "GET": { "integration": { "mock": {} } } },
                    "/keyed": { "GET": { "apiKeyRequired": true, "integration": { "mock": {} } } },
                    "/things": { "POST": { "requestModel": "Thing", "integration": { "mock": {} } } },
                    "/forwarded": { "POST": { "integration": { "http": { "uri": "{{Backend.Address}}/" } } } },
                    "/files/{path+}": { "GET": { "integration": { "http": { "uri": "{{Backend.Address}}/{path}" } } } }
                  },
                  "stages": {
                    "aws": { "methodSettings": { "/throttled/GET": { "throttlingRateLimit": 0.001, "throttlingBurstLimit": 1 } } },
                    "extended": { "parity": "EXTENDED" }
                  }
                }
              },
              "usagePlans": { "plan": { "apiStages": [{ "apiId": "bad", "stage": "aws" }] } },
              "apiKeys": { "key": { "value": "{{Key}}", "usagePlanIds": ["plan"] } }
            }
            """,
            // So that a key is judged for as long as a test may pause Redis.
            ("Registry:MaxStaleness", "00:10:00"));
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Backend.DisposeAsync();
        await Redis.DisposeAsync();
    }

    /// <summary>Sends a request line's target and headers as they are, then closes its side by <c>Connection: close</c>.</summary>
    public Task<RawCall> GetAsync(string target, string headers = "") =>
        RawCall.SendAsync(Gateway.Data, $"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
}
