using ApiPoc.Testing;
using Microsoft.AspNetCore.Http;

namespace ApiPoc.Gateway.Tests.Kit;

/// <summary>One gateway with a definition in which every row of the error matrix can be met.</summary>
public sealed class MatrixFixture : IAsyncLifetime
{
    public const string Key = "matrix-key-000000000000001";
    public const string DisabledKey = "matrix-key-disabled-00001";
    public const string PlanlessKey = "matrix-key-planless-00001";
    public const string BurstKey = "matrix-key-burst-00000001";
    public const string QuotaKey = "matrix-key-quota-00000001";
    public const string PlanMethodKey = "matrix-key-plan-method-01";

    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a call of <c>/hold</c> has reached the back end, where it stays until <see cref="Release"/>.</summary>
    public Task Held => _held.Task;

    public RedisServer Redis { get; private set; } = null!;

    public Backend Backend { get; private set; } = null!;

    public GatewayHost Gateway { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Redis = await RedisServer.StartAsync();
        Backend = await Backend.StartAsync(AnswerAsync);
        Gateway = await GatewayHost.StartAsync(Redis, Definition(Backend.Address));
    }

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Backend.DisposeAsync();
        await Redis.DisposeAsync();
    }

    /// <summary>Lets calls of <c>/hold</c> go on.</summary>
    public void Release() => _released.TrySetResult();

    private async Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/hold":
                _held.TrySetResult();
                await _released.Task;
                break;
            case "/hang":
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                break;
            case "/reset":
                context.Abort();
                break;
            default:
                await context.Response.WriteAsync("{\"from\":\"back end\"}");
                break;
        }
    }

    private static string Definition(string backend) => $$"""
        {
          "restApis": {
            "matrix": {
              "authorizers": {
                "token": {
                  "validation": "[a-z-]+",
                  "sample": {
                    "tokens": { "allow": "ALLOW", "deny": "DENY", "no-match": "NO_MATCH", "unauthorized": "UNAUTHORIZED", "fail": "FAIL" }
                  }
                }
              },
              "models": { "Thing": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" } } } },
              "resources": {
                "/open": { "GET": { "integration": { "mock": {} } } },
                "/keyed": { "GET": { "apiKeyRequired": true, "integration": { "mock": {} } } },
                "/authorized": { "GET": { "authorizer": "token", "integration": { "mock": {} } } },
                "/throttled": { "GET": { "integration": { "mock": {} } } },
                "/things": {
                  "GET": {
                    "requestParameters": { "method.request.querystring.a": true, "method.request.header.b": true, "method.request.querystring.c": false },
                    "integration": { "mock": {} }
                  },
                  "POST": { "requestModel": "Thing", "consumes": ["application/json"], "integration": { "mock": {} } }
                },
                "/cached": { "GET": { "integration": { "mock": {} } } },
                "/hold": { "GET": { "integration": { "concurrency": 1, "http": { "uri": "{{backend}}/hold" } } } },
                "/hang": { "GET": { "integration": { "timeout": "00:00:00.200", "http": { "uri": "{{backend}}/hang" } } } },
                "/reset": { "GET": { "integration": { "http": { "uri": "{{backend}}/reset" } } } },
                "/absent": { "GET": { "integration": { "http": { "uri": "http://127.0.0.1:1/" } } } },
                "/upload": { "POST": { "integration": { "http": { "uri": "{{backend}}/upload" } } } },
                "/guarded": { "GET": { "integration": { "mock": {} } } }
              },
              "stages": {
                "prod": {
                  "cacheClusterEnabled": true,
                  "methodSettings": {
                    "/throttled/GET": { "throttlingRateLimit": 0.01, "throttlingBurstLimit": 1 },
                    "/cached/GET": { "cachingEnabled": true, "unauthorizedCacheControlHeaderStrategy": "FAIL_WITH_403" }
                  },
                  "firewall": [{ "name": "guard", "limit": 10, "window": "00:01:00", "detectionDelay": "00:00:00", "scopeDownPath": "/guarded" }]
                },
                "tight": { "methodSettings": { "*/*": { "throttlingRateLimit": 0.01, "throttlingBurstLimit": 1 } } }
              }
            }
          },
          "usagePlans": {
            "plan": { "apiStages": [{ "apiId": "matrix", "stage": "prod" }] },
            "burst": { "apiStages": [{ "apiId": "matrix", "stage": "prod" }], "throttle": { "rateLimit": 0.01, "burstLimit": 1 } },
            "quota": { "apiStages": [{ "apiId": "matrix", "stage": "prod" }], "quota": { "limit": 1, "period": "MONTH" } },
            "method": { "apiStages": [{ "apiId": "matrix", "stage": "prod", "throttle": { "/keyed/GET": { "rateLimit": 0.01, "burstLimit": 1 } } }] },
            "elsewhere": { }
          },
          "apiKeys": {
            "key": { "value": "{{Key}}", "usagePlanIds": ["plan"] },
            "disabled": { "value": "{{DisabledKey}}", "enabled": false, "usagePlanIds": ["plan"] },
            "planless": { "value": "{{PlanlessKey}}", "usagePlanIds": ["elsewhere"] },
            "burst": { "value": "{{BurstKey}}", "usagePlanIds": ["burst"] },
            "quota": { "value": "{{QuotaKey}}", "usagePlanIds": ["quota"] },
            "method": { "value": "{{PlanMethodKey}}", "usagePlanIds": ["method"] }
          }
        }
        """;
}
