using ApiPoc.Gateway.Stages;
using ApiPoc.Gateway.Tests.Kit;
using ApiPoc.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiPoc.Gateway.Tests.Caching;

public sealed class CacheTests(RedisFixture fixture) : IClassFixture<RedisFixture>, IAsyncLifetime
{
    private const string OperatorKey = "cache-operator-key-0000001";
    private const string CallerKey = "cache-caller-key-000000001";
    private static readonly (string Name, string Value) Fresh = ("Cache-Control", "max-age=0");
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Backend _backend = null!;
    private GatewayHost _gateway = null!;
    private int _answers;

    public async Task InitializeAsync()
    {
        _backend = await Backend.StartAsync(AnswerAsync);
        _gateway = await GatewayHost.StartAsync(fixture.Redis, Definition());
        await _gateway.Services.GetRequiredService<StageStore>().FlushCacheAsync("cache", "s", CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        _released.TrySetResult();
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
    }

    [Fact]
    public async Task Hit_WithinTheTtl_DoesNotReachTheBackEnd()
    {
        var first = await GetAsync("items/1");
        var second = await GetAsync("items/1");
        Assert.Equal((first.Body, 1), (second.Body, _backend.Calls));
        Assert.Equal("yes", second["X-From-Back-End"]);
        Assert.NotEqual(first["x-amzn-RequestId"], second["x-amzn-RequestId"]);
    }

    [Fact]
    public async Task Key_IsMadeOfTheMarkedParametersOnly()
    {
        string first = (await GetAsync("items/1?lang=en")).Body;
        Assert.NotEqual(first, (await GetAsync("items/2?lang=en")).Body);
        Assert.NotEqual(first, (await GetAsync("items/1?lang=fr")).Body);
        Assert.NotEqual(first, (await GetAsync("items/1")).Body);
        Assert.Equal(first, (await GetAsync("items/1?lang=en&other=x")).Body);
        Assert.NotEqual(first, (await GetAsync("items/1?LANG=en")).Body);
    }

    [Fact]
    public async Task OtherInstances_ShareTheEntries()
    {
        string first = (await GetAsync("items/1")).Body;
        await using var other = await GatewayHost.StartAsync(fixture.Redis, Definition());
        await Eventually.IsTrueAsync(async () => (await other.GetAsync("cache/s/items/1", CallerKey)).Body == first, "the other instance has the entry");
        Assert.Equal(1, _backend.Calls);
    }

    [Fact]
    public async Task Flush_ForgetsEveryEntryOfTheStage()
    {
        string first = (await GetAsync("items/1")).Body;
        await _gateway.Services.GetRequiredService<StageStore>().FlushCacheAsync("cache", "s", CancellationToken.None);
        Assert.NotEqual(first, (await GetAsync("items/1")).Body);
    }

    [Fact]
    public async Task MaxAge0_ByWhoHasTheRight_BypassesAndReplaces()
    {
        string first = (await GetAsync("items/1")).Body;
        string second = (await _gateway.GetAsync("cache/s/items/1", OperatorKey, Fresh)).Body;
        Assert.NotEqual(first, second);
        Assert.Equal(second, (await GetAsync("items/1")).Body);
    }

    [Theory]
    [InlineData("items/1", 200, "199 Cache-control headers were ignored because the caller was unauthorized.")]
    [InlineData("silent", 200, null)]
    [InlineData("strict", 403, null)]
    public async Task MaxAge0_WithoutTheRight_MeetsTheStrategy(string path, int status, string? warning)
    {
        string first = (await GetAsync(path)).Body;
        var second = await _gateway.GetAsync($"cache/s/{path}", CallerKey, Fresh);
        Assert.Equal((status, warning), (second.Status, second["Warning"]));
        Assert.Equal(1, _backend.Calls);
        if (status == 200)
            Assert.Equal(first, second.Body);
    }

    [Fact]
    public async Task MaxAge0_WhereEverybodyMay_Replaces() =>
        Assert.NotEqual((await GetAsync("anybody")).Body, (await _gateway.GetAsync("cache/s/anybody", CallerKey, Fresh)).Body);

    [Theory]
    [InlineData(OperatorKey, true)]
    [InlineData(CallerKey, false)]
    [InlineData("no-such-key-000000000000", false)]
    public async Task MaxAge0_WhereNoKeyIsNeeded_ReplacesForTheOperatorsKey(string key, bool isReplaced)
    {
        var first = await GetAsync("open");
        var second = await _gateway.GetAsync("cache/s/open", key, Fresh);
        Assert.Equal((isReplaced, !isReplaced), (first.Body != second.Body, second["Warning"] is not null));
    }

    [Fact]
    public async Task Misses_OfOneEntryAtOnce_AskTheBackEndOnce()
    {
        var calls = Enumerable.Range(0, 8).Select(_ => GetAsync("held")).ToArray();
        await Eventually.IsTrueAsync(() => _backend.Calls > 0, "a call has reached the back end");
        _released.SetResult();
        var replies = await Task.WhenAll(calls);
        Assert.Equal(1, _backend.Calls);
        Assert.Single(replies.Select(reply => reply.Body).Distinct());
    }

    [Fact]
    public async Task Errors_AreCachedAsInAws()
    {
        Assert.Equal(429, (await GetAsync("items/429")).Status);
        Assert.Equal(429, (await GetAsync("items/429")).Status);
        Assert.Equal(1, _backend.Calls);
    }

    [Fact]
    public async Task Cookies_AreNeverCached()
    {
        await GetAsync("items/cookie");
        await GetAsync("items/cookie");
        Assert.Equal(2, _backend.Calls);
    }

    [Fact]
    public async Task LongAnswers_ArriveWholeAndAreNotCached()
    {
        Assert.Equal(2 * 1024 * 1024, (await GetAsync("items/long")).Body.Length);
        Assert.Equal(2 * 1024 * 1024, (await GetAsync("items/long")).Body.Length);
        Assert.Equal(2, _backend.Calls);
    }

    [Fact]
    public async Task Post_IsNotCached()
    {
        await _gateway.SendAsync("POST", "cache/s/items/1", CallerKey);
        await _gateway.SendAsync("POST", "cache/s/items/1", CallerKey);
        Assert.Equal(2, _backend.Calls);
    }

    [Fact]
    public async Task Cors_OneEntryServesEveryOrigin_EachWithItsOwnHeaders()
    {
        var first = await _gateway.GetAsync("cache/s/items/1", CallerKey, ("Origin", "https://one.example"));
        var second = await _gateway.GetAsync("cache/s/items/1", CallerKey, ("Origin", "https://two.example"));
        var stranger = await _gateway.GetAsync("cache/s/items/1", CallerKey, ("Origin", "https://stranger.example"));
        Assert.Equal(
            ("https://one.example", "https://two.example", null, 1),
            (first["Access-Control-Allow-Origin"], second["Access-Control-Allow-Origin"], stranger["Access-Control-Allow-Origin"], _backend.Calls));
        Assert.All(new[] { first, second, stranger }, reply => Assert.Equal("Origin", reply["Vary"]));
    }

    private Task<Reply> GetAsync(string path) => _gateway.GetAsync($"cache/s/{path}", CallerKey);

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers["X-From-Back-End"] = "yes";
        context.Response.Headers.AccessControlAllowOrigin = "https://back-end.example";
        switch (context.Request.Path.Value)
        {
            case "/held":
                await _released.Task;
                break;
            case "/items/429":
                context.Response.StatusCode = 429;
                break;
            case "/items/cookie":
                context.Response.Headers.SetCookie = "a=b";
                break;
            case "/items/long":
                await context.Response.WriteAsync(new string('x', 2 * 1024 * 1024));
                return;
            default:
                break;
        }
        await context.Response.WriteAsync($"answer {Interlocked.Increment(ref _answers)}");
    }

    private string Definition() => $$"""
        {
          "restApis": {
            "cache": {
              "cors": { "allowOrigins": ["https://one.example", "https://two.example"] },
              "resources": {
                "/items/{id}": {
                  "ANY": {
                    "apiKeyRequired": true,
                    "requestParameters": { "method.request.path.id": true, "method.request.querystring.lang": false },
                    "cacheKeyParameters": ["method.request.path.id", "method.request.querystring.lang"],
                    "integration": { "http": { "uri": "{{_backend.Address}}/items/{id}" } }
                  }
                },
                "/open": { "GET": { "integration": { "http": { "uri": "{{_backend.Address}}/open" } } } },
                "/silent": { "GET": { "apiKeyRequired": true, "integration": { "http": { "uri": "{{_backend.Address}}/silent" } } } },
                "/strict": { "GET": { "apiKeyRequired": true, "integration": { "http": { "uri": "{{_backend.Address}}/strict" } } } },
                "/anybody": { "GET": { "apiKeyRequired": true, "integration": { "http": { "uri": "{{_backend.Address}}/anybody" } } } },
                "/held": { "GET": { "apiKeyRequired": true, "integration": { "http": { "uri": "{{_backend.Address}}/held" } } } }
              },
              "stages": {
                "s": {
                  "cacheClusterEnabled": true,
                  "cacheInvalidation": { "apiKeys": ["operator"] },
                  "methodSettings": {
                    "*/*": { "cachingEnabled": true, "cacheTtlInSeconds": 60 },
                    "/silent/GET": { "unauthorizedCacheControlHeaderStrategy": "SUCCEED_WITHOUT_RESPONSE_HEADER" },
                    "/strict/GET": { "unauthorizedCacheControlHeaderStrategy": "FAIL_WITH_403" },
                    "/anybody/GET": { "requireAuthorizationForCacheControl": false }
                  }
                }
              }
            }
          },
          "usagePlans": { "cache": { "apiStages": [{ "apiId": "cache", "stage": "s" }] } },
          "apiKeys": {
            "operator": { "value": "{{OperatorKey}}", "usagePlanIds": ["cache"] },
            "caller": { "value": "{{CallerKey}}", "usagePlanIds": ["cache"] }
          }
        }
        """;
}
