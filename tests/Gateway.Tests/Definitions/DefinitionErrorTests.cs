using System.Text;
using ApiPoc.Gateway.Definitions;

namespace ApiPoc.Gateway.Tests.Definitions;

public sealed class DefinitionErrorTests
{
    private const string Api = """{"resources":{"/r":{"GET":{"integration":{"mock":{}}}}},"stages":{"s":{}}}""";

    [Theory]
    [InlineData("""{"restApi":{}}""", "restApi: unknown: expected one of account, alarms, apiKeys, behaviour, restApis, usagePlans")]
    [InlineData("""{"account":{"throttle":{"rateLimit":-1,"burstLimit":5}}}""", "account.throttle.rateLimit: -1: 0.001 to 1000000 requests per second")]
    [InlineData("""{"account":{"throttle":{"rateLimit":1,"burstLimit":0}}}""", "account.throttle.burstLimit: 0: 1 to 1000000 requests")]
    [InlineData("""{"account":{"throttle":{"rateLimit":"fast"}}}""", "account.throttle.rateLimit: \"fast\": expected a number")]
    [InlineData("""{"account":[]}""", "account: Array: an object is expected")]
    [InlineData("""{"account":{},"account":{}}""", "account: repeated: a name may stand here once")]
    [InlineData("""{"restApis":{"Not An Id":{}}}""", "restApis.Not An Id: Not An Id: an id is 1 to 63 lower-case letters, digits and hyphens")]
    [InlineData("""{"restApis":{"a":{"stages":{"s":{}}}}}""", "restApis.a.resources: none: at least one resource")]
    [InlineData("""{"restApis":{"a":{"resources":{"no-slash":{"GET":{"integration":{"mock":{}}}}},"stages":{"s":{}}}}}""", "restApis.a.resources.no-slash: no-slash: segments of")]
    [InlineData("""{"restApis":{"a":{"resources":{"/{x}":{"GET":{"integration":{"mock":{}}}},"/{y}":{"GET":{"integration":{"mock":{}}}}},"stages":{"s":{}}}}}""", "restApis.a.resources[\"/{y}\"]: overlap: matches the same requests as /{x}")]
    [InlineData("""{"restApis":{"a":{"resources":{"/r":{"FETCH":{"integration":{"mock":{}}}}},"stages":{"s":{}}}}}""", "restApis.a.resources[\"/r\"].FETCH: FETCH: one of GET,")]
    [InlineData("""{"restApis":{"a":{"resources":{"/r":{"GET":{"integration":{}}}},"stages":{"s":{}}}}}""", "restApis.a.resources[\"/r\"].GET.integration: 0 kinds: exactly one of http, mock, sqs, dynamoDb")]
    [InlineData("""{"restApis":{"a":{"resources":{"/r":{"GET":{"authorizer":"x","integration":{"mock":{}}}}},"stages":{"s":{}}}}}""", "restApis.a.resources[\"/r\"].GET.authorizer: x: no such authorizer in this API")]
    [InlineData("""{"restApis":{"a":{"resources":{"/r":{"GET":{"integration":{"http":{"uri":"http://h/{id}"}}}}},"stages":{"s":{}}}}}""", "restApis.a.resources[\"/r\"].GET.integration.http.uri: {id}: no such parameter in /r")]
    [InlineData("""{"restApis":{"a":{"resources":{"/r":{"GET":{"integration":{"http":{"uri":"${stageVariables.b}/"}}}}},"stages":{"s":{}}}}}""", "restApis.a.stages.s.variables.b: (missing): used by an integration")]
    [InlineData("""{"restApis":{"a":{"cors":{"allowOrigins":["*"],"allowCredentials":true},"resources":{"/r":{"GET":{"integration":{"mock":{}}}}},"stages":{"s":{}}}}}""", "restApis.a.cors.allowCredentials: True: not together with the origin *")]
    [InlineData("""{"restApis":{"a":{"resources":{"/r":{"GET":{"integration":{"mock":{}}}}},"stages":{"s":{"firewall":[{"name":"f","limit":9}]}}}}}""", "restApis.a.stages.s.firewall[0].limit: 9: 10 to 2000000000 requests per window")]
    [InlineData("""{"restApis":{"a":{"resources":{"/r":{"GET":{"integration":{"mock":{}}}}},"stages":{"s":{"firewall":[{"name":"f","limit":10,"window":"00:00:30"}]}}}}}""", "restApis.a.stages.s.firewall[0].window: 00:00:30: 00:01:00, 00:02:00, 00:05:00 or 00:10:00")]
    [InlineData("""{"restApis":{"a":{"resources":{"/r":{"GET":{"integration":{"mock":{}}}}},"stages":{"s":{"methodSettings":{"/other/GET":{}}}}}}}""", "restApis.a.stages.s.methodSettings[\"/other/GET\"]: /other/GET: */* or {resource path}/{METHOD} of this API")]
    [InlineData("""{"restApis":{"a":{"models":{"M":{"type":"object","oneOf":[]}},"resources":{"/r":{"GET":{"integration":{"mock":{}}}}},"stages":{"s":{}}}}}""", "restApis.a.models.M: (schema): the keyword oneOf is not known here")]
    [InlineData("""{"usagePlans":{"p":{"quota":{"limit":0,"period":"DAY"}}}}""", "usagePlans.p.quota.limit: 0: 1 to 2147483647 requests per period")]
    [InlineData("""{"usagePlans":{"p":{"quota":{"limit":5,"period":"YEAR"}}}}""", "usagePlans.p.quota.period: \"YEAR\": expected one of DAY, WEEK, MONTH")]
    [InlineData("""{"usagePlans":{"p":{"quota":{"limit":5,"offset":5,"period":"DAY"}}}}""", "usagePlans.p.quota.offset: 5: 0 to below the limit")]
    [InlineData("""{"usagePlans":{"p":{"apiStages":[{"apiId":"a","stage":"s"}]}}}""", "usagePlans.p.apiStages[0]: a/s: no such API and stage")]
    [InlineData("""{"apiKeys":{"k":{"value":"short"}}}""", "apiKeys.k.value: (hidden): 20 to 128 visible ASCII characters")]
    [InlineData("""{"apiKeys":{"k":{"usagePlanIds":["p"]}}}""", "apiKeys.k.usagePlanIds: p: no such usage plan")]
    [InlineData("""{"alarms":{"x":{"metric":"Nothing","apiId":"a"}}}""", "alarms.x.metric: Nothing: one of Count, 4XXError, 5XXError")]
    [InlineData("""{"behaviour":{"accessDeniedMember":"msg"}}""", "behaviour.accessDeniedMember: msg: Message or message")]
    [InlineData("""{"account":""", "line 1: column 12: this is not JSON from here on")]
    public void Parse_OneMistake_NamesKeyValueAndWhy(string json, string expected) =>
        Assert.StartsWith(expected, Errors(json)[0], StringComparison.Ordinal);

    [Fact]
    public void Parse_SeveralMistakes_ReportsAllAtOnce()
    {
        var errors = Errors("""
            {
              "restApis": { "a": { "resources": { "/r": { "GET": { "integration": { "concurrency": 0, "timeout": "00:01:00", "mock": { "status": 99 } } } } }, "stages": {} } },
              "usagePlans": { "p": { "throttle": { "rateLimit": 0, "burstLimit": 0 } } }
            }
            """);
        Assert.Equal(6, errors.Count);
    }

    [Fact]
    public void Parse_AKeyInTwoPlansForOneStage_IsRefused()
    {
        string plan = """{"apiStages":[{"apiId":"a","stage":"s"}]}""";
        string json = $$$$"""{"restApis":{"a":{{{{Api}}}}},"usagePlans":{"p":{{{{plan}}}},"q":{{{{plan}}}}},"apiKeys":{"k":{"value":"12345678901234567890","usagePlanIds":["p","q"]}}}""";
        Assert.Equal("apiKeys.k.usagePlanIds: a/s: a key is in one plan per stage", Assert.Single(Errors(json)));
    }

    [Fact]
    public void Parse_TwoKeysWithOneValue_IsRefusedWithoutShowingIt()
    {
        const string Secret = "a-very-secret-value-0001";
        var errors = Errors($$$$"""{"apiKeys":{"k":{"value":"{{{{Secret}}}}"},"l":{"value":"{{{{Secret}}}}"}}}""");
        Assert.Equal("apiKeys.l.value: (hidden): the same value as k", Assert.Single(errors));
    }

    private static IReadOnlyList<string> Errors(string json) =>
        Assert.Throws<GatewayDefinitionException>(() => GatewayDefinitionFile.Parse(Encoding.UTF8.GetBytes(json), new DefinitionPolicy(AllowSecrets: true))).Errors;
}
