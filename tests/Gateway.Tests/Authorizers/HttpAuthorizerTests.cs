using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ApiPoc.Gateway.Tests.Kit;
using Microsoft.AspNetCore.Http;

namespace ApiPoc.Gateway.Tests.Authorizers;

public sealed class HttpAuthorizerTests(RedisFixture fixture) : IClassFixture<RedisFixture>, IAsyncLifetime
{
    private const string Key = "authorizer-given-key-00001";
    private readonly ConcurrentQueue<JsonNode> _events = new();
    private Backend _authorizer = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _authorizer = await Backend.StartAsync(AnswerAsync);
        _gateway = await GatewayHost.StartAsync(fixture.Redis, $$"""
            {
              "restApis": {
                "auth": {
                  "apiKeySource": "AUTHORIZER",
                  "authorizers": {
                    "token": { "type": "TOKEN", "http": { "uri": "{{_authorizer.Address}}/token" } },
                    "request": {
                      "type": "REQUEST", "ttl": "00:00:00", "identitySources": ["method.request.querystring.who", "method.request.header.X-Tenant"],
                      "http": { "uri": "{{_authorizer.Address}}/request", "timeout": "00:00:01" }
                    }
                  },
                  "resources": {
                    "/one": { "GET": { "authorizer": "token", "integration": { "mock": {} } } },
                    "/two": { "GET": { "authorizer": "token", "integration": { "mock": {} } } },
                    "/keyed": { "GET": { "authorizer": "token", "apiKeyRequired": true, "integration": { "mock": {} } } },
                    "/request/{id}": { "GET": { "authorizer": "request", "integration": { "mock": {} } } }
                  },
                  "stages": { "s": { "variables": { "colour": "blue" } } }
                }
              },
              "usagePlans": { "auth": { "apiStages": [{ "apiId": "auth", "stage": "s" }] } },
              "apiKeys": { "auth": { "value": "{{Key}}", "usagePlanIds": ["auth"] } }
            }
            """);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _authorizer.DisposeAsync();
    }

    [Fact]
    public async Task Token_IsAskedOnce_AndKeptForEveryMethod()
    {
        Assert.Equal(200, (await CallAsync("one", "all")).Status);
        Assert.Equal(200, (await CallAsync("two", "all")).Status);
        var asked = Assert.Single(_events);
        Assert.Equal(
            """{"type":"TOKEN","methodArn":"arn:aws:execute-api:us-east-1:000000000000:auth/s/GET/one","authorizationToken":"all"}""",
            WithoutNulls(asked));
    }

    [Fact]
    public async Task Token_PolicyNamesOneMethodOnly_TheNextPathFailsFromMemory()
    {
        Assert.Equal(200, (await CallAsync("one", "only-this")).Status);
        (await CallAsync("two", "only-this")).ShouldBe(403, "AccessDeniedException", """{"Message":"User is not authorized to access this resource"}""");
        Assert.Single(_events);
    }

    [Theory]
    [InlineData("two")]
    [InlineData("two/")]
    [InlineData("%74wo")]
    [InlineData("t%77%6F/")]
    public async Task Token_DenialOfOnePath_HoldsForEverySpellingOfIt(string path)
    {
        Assert.Equal(200, (await CallAsync("one", "all-but-two")).Status);
        // An HTTP client would decode the path by itself.
        var call = await RawCall.SendAsync(
            _gateway.Data, $"GET /_aws/execute-api/auth/s/{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: all-but-two\r\nConnection: close\r\n\r\n");
        Assert.Equal(403, call.Status);
    }

    [Fact]
    public async Task Token_Denial_IsKept()
    {
        Assert.Equal(403, (await CallAsync("one", "deny")).Status);
        Assert.Equal(403, (await CallAsync("one", "deny")).Status);
        Assert.Single(_events);
    }

    [Theory]
    [InlineData("status-500")]
    [InlineData("garbage")]
    [InlineData("no-policy")]
    public async Task Token_Failure_500_AndIsNotKept(string token)
    {
        (await CallAsync("one", token)).ShouldBe(500, "AuthorizerConfigurationException", """{"message":null}""");
        await CallAsync("one", token);
        Assert.Equal(2, _events.Count);
    }

    [Theory]
    [InlineData("unauthorized-status")]
    [InlineData("unauthorized-word")]
    public async Task Token_Unauthorized_401(string token) => Assert.Equal(401, (await CallAsync("one", token)).Status);

    [Fact]
    public async Task UsageIdentifierKey_IsTheCallersApiKey()
    {
        Assert.Equal(200, (await CallAsync("keyed", "all")).Status);
        Assert.Equal(403, (await CallAsync("keyed", "without-key")).Status);
        // The header counts for nothing here.
        Assert.Equal(403, (await _gateway.GetAsync("auth/s/keyed", Key, ("Authorization", "without-key"))).Status);
    }

    [Fact]
    public async Task Request_GetsTheWholeRequest_NothingIsKeptWithoutATtl()
    {
        Assert.Equal(200, (await _gateway.GetAsync("auth/s/request/7?who=me", key: null, ("X-Tenant", "t"))).Status);
        Assert.Equal(200, (await _gateway.GetAsync("auth/s/request/7?who=me", key: null, ("X-Tenant", "t"))).Status);
        Assert.Equal(2, _events.Count);
        var seen = _events.First();
        Assert.Equal(
            ("REQUEST", "/request/{id}", "/request/7", "GET", "t", "me", "7", "blue"),
            ((string)seen["type"]!, (string)seen["resource"]!, (string)seen["path"]!, (string)seen["httpMethod"]!, (string)seen["headers"]!["X-Tenant"]!,
                (string)seen["queryStringParameters"]!["who"]!, (string)seen["pathParameters"]!["id"]!, (string)seen["stageVariables"]!["colour"]!));
    }

    [Fact]
    public async Task Request_OneIdentitySourceMissing_401_NobodyIsAsked()
    {
        Assert.Equal(401, (await _gateway.GetAsync("auth/s/request/7?who=me")).Status);
        Assert.Empty(_events);
    }

    [Fact]
    public async Task Request_AuthorizerHangs_500AfterItsTime() =>
        Assert.Equal(500, (await _gateway.GetAsync("auth/s/request/7?who=hang", key: null, ("X-Tenant", "t"))).Status);

    private Task<Reply> CallAsync(string path, string token) => _gateway.GetAsync($"auth/s/{path}", key: null, ("Authorization", token));

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var asked = JsonNode.Parse(await reader.ReadToEndAsync())!;
        _events.Enqueue(asked);
        string who = (string?)asked["authorizationToken"] ?? (string)asked["queryStringParameters"]!["who"]!;
        switch (who)
        {
            case "hang":
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                break;
            case "status-500":
                context.Response.StatusCode = 500;
                break;
            case "unauthorized-status":
                context.Response.StatusCode = 401;
                break;
            case "unauthorized-word":
                await context.Response.WriteAsync("\"Unauthorized\"");
                break;
            case "garbage":
                await context.Response.WriteAsync("<html>");
                break;
            case "no-policy":
                await context.Response.WriteAsync("""{"principalId":"me"}""");
                break;
            default:
                await context.Response.WriteAsync(Policy(who, (string)asked["methodArn"]!));
                break;
        }
    }

    private static string Policy(string token, string methodArn) => new JsonObject
    {
        ["principalId"] = "me",
        ["usageIdentifierKey"] = token == "without-key" ? null : Key,
        ["policyDocument"] = new JsonObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JsonArray(
                Statement(token == "deny" ? "Deny" : "Allow", token == "only-this" ? methodArn : "arn:aws:execute-api:*:*:auth/s/*"),
                Statement("Deny", token == "all-but-two" ? "arn:aws:execute-api:*:*:auth/s/GET/two" : "arn:aws:execute-api:*:*:another-api/*")),
        },
    }.ToJsonString();

    private static JsonObject Statement(string effect, string resource) =>
        new() { ["Effect"] = effect, ["Action"] = "execute-api:Invoke", ["Resource"] = new JsonArray(resource) };

    private static string WithoutNulls(JsonNode node) =>
        new JsonObject(node.AsObject().Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();
}
