using System.Text.Json.Nodes;
using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.Control;

public sealed class UsagePlanOperationTests(ControlGateway control) : IClassFixture<ControlGateway>
{
    private const string Throttled = """
        {"name":"p","apiStages":[{"apiId":"pets","stage":"prod","throttle":{"/pets/{id}/GET":{"rateLimit":2,"burstLimit":3}}}],"throttle":{"rateLimit":1.5,"burstLimit":9},"quota":{"limit":7,"period":"DAY"}}
        """;

    [Theory]
    [InlineData("replace", "/name", "q", """{"name":"q"}""")]
    [InlineData("replace", "/description", "d", """{"description":"d"}""")]
    [InlineData("add", "/productCode", "c", """{"productCode":"c"}""")]
    [InlineData("replace", "/throttle/rateLimit", "0.5", """{"throttle":{"burstLimit":9,"rateLimit":0.5}}""")]
    [InlineData("replace", "/throttle/burstLimit", "1", """{"throttle":{"burstLimit":1,"rateLimit":1.5}}""")]
    [InlineData("add", "/throttle", """{"rateLimit":4,"burstLimit":5}""", """{"throttle":{"burstLimit":5,"rateLimit":4}}""")]
    [InlineData("remove", "/throttle", null, """{"throttle":null}""")]
    [InlineData("replace", "/quota/limit", "8", """{"quota":{"limit":8,"offset":0,"period":"DAY"}}""")]
    [InlineData("replace", "/quota/offset", "2", """{"quota":{"limit":7,"offset":2,"period":"DAY"}}""")]
    [InlineData("replace", "/quota/period", "MONTH", """{"quota":{"limit":7,"offset":0,"period":"MONTH"}}""")]
    [InlineData("add", "/quota", """{"limit":1,"period":"WEEK"}""", """{"quota":{"limit":1,"offset":0,"period":"WEEK"}}""")]
    [InlineData("remove", "/quota", null, """{"quota":null}""")]
    [InlineData("remove", "/apiStages", "pets:prod", """{"apiStages":[]}""")]
    [InlineData("add", "/apiStages", "pets:dev", """{"apiStages":[{"apiId":"pets","stage":"prod","throttle":{"/pets/{id}/GET":{"burstLimit":3,"rateLimit":2}}},{"apiId":"pets","stage":"dev"}]}""")]
    [InlineData("add", "/apiStages", "pets:prod", """{}""")]
    [InlineData("replace", "/apiStages/pets:prod/throttle/~1pets~1{id}/GET/rateLimit", "5", """{"apiStages":[{"apiId":"pets","stage":"prod","throttle":{"/pets/{id}/GET":{"burstLimit":3,"rateLimit":5}}}]}""")]
    [InlineData("replace", "/apiStages/pets:prod/throttle//pets/{id}/GET/burstLimit", "5", """{"apiStages":[{"apiId":"pets","stage":"prod","throttle":{"/pets/{id}/GET":{"burstLimit":5,"rateLimit":2}}}]}""")]
    [InlineData("remove", "/apiStages/pets:prod/throttle/pets/{id}/GET", null, """{"apiStages":[{"apiId":"pets","stage":"prod"}]}""")]
    [InlineData("add", "/apiStages/pets:prod/throttle", """{"/ANY":{"rateLimit":1,"burstLimit":1}}""", """{"apiStages":[{"apiId":"pets","stage":"prod","throttle":{"/ANY":{"burstLimit":1,"rateLimit":1}}}]}""")]
    [InlineData("remove", "/apiStages/pets:prod/throttle", null, """{"apiStages":[{"apiId":"pets","stage":"prod"}]}""")]
    public async Task Update_EachPath_ChangesThatAndNothingElse(string op, string path, string? value, string difference)
    {
        string id = await control.CreateAsync("usageplans", Throttled);
        var expected = (await control.CallAsync("GET", $"usageplans/{id}")).AsObject();
        foreach (var (name, changed) in JsonNode.Parse(difference)!.AsObject().ToList())
        {
            expected.Remove(name);
            if (changed is not null)
                expected[name] = changed.DeepClone();
        }
        var actual = await control.PatchAsync($"usageplans/{id}", op, path, value);
        Assert.True(JsonNode.DeepEquals(expected, actual), $"Expected {expected.ToJsonString()}, was {actual.ToJsonString()}");
        Assert.True(JsonNode.DeepEquals(actual, await control.CallAsync("GET", $"usageplans/{id}")));
    }

    [Theory]
    [InlineData("replace", "/throttle/rateLimit", "0", 400, "throttle.rateLimit: 0: 0.001 to 1000000 requests per second")]
    [InlineData("replace", "/throttle/rateLimit", "1e-300", 400, "throttle.rateLimit: 1E-300: 0.001 to 1000000 requests per second")]
    [InlineData("replace", "/throttle/rateLimit", "NaN", 400, "Invalid value 'NaN' for patch path '/throttle/rateLimit': expected a number")]
    [InlineData("replace", "/throttle/burstLimit", "1.5", 400, "Invalid value '1.5' for patch path '/throttle/burstLimit': expected a whole number")]
    [InlineData("replace", "/quota/offset", "7", 400, "quota.offset: 7: 0 to below the limit")]
    [InlineData("replace", "/quota/period", "YEAR", 400, "Invalid value 'YEAR' for patch path '/quota/period': expected one of DAY, WEEK, MONTH")]
    [InlineData("add", "/apiStages/pets:prod/throttle", """{"/pets/{id}/GET":null}""", 400, "throttle[\"/pets/{id}/GET\"]: null: one rateLimit and burstLimit for each method")]
    [InlineData("add", "/quota", "{", 400, "Invalid value '{' for patch path '/quota': expected a JSON object")]
    [InlineData("replace", "/name", "", 400, "name: 0 characters: 1 to 255 characters")]
    [InlineData("add", "/apiStages", "pets", 400, "Invalid value 'pets' for patch path '/apiStages': expected apiId:stage")]
    [InlineData("remove", "/apiStages", "pets:dev", 404, "Usage Plan * has no API Stage pets:dev")]
    [InlineData("add", "/apiStages", "pets:nope", 400, "Invalid API Stage {api: pets, stage: nope} specified for usageplan *")]
    [InlineData("add", "/apiStages/pets:prod/throttle/nope/GET/rateLimit", "1", 400,
        """apiStages[0].throttle["/nope/GET"]: /nope/GET: {resource path}/{METHOD} of this API; apiStages[0].throttle["/nope/GET"].burstLimit: 0: 1 to 1000000 requests""")]
    [InlineData("add", "/apiStages/pets:dev/throttle/pets/{id}/GET/rateLimit", "1", 404, "Usage Plan * has no API Stage pets:dev")]
    public async Task Update_WithSomethingWrong_IsToldWhat(string op, string path, string? value, int status, string message)
    {
        string id = await control.CreateAsync("usageplans", Throttled);
        var (actualStatus, _, actual) = await control.RefusedAsync("PATCH", $"usageplans/{id}", ControlGateway.Patch(op, path, value));
        Assert.Equal((status, message), (actualStatus, actual.Replace(id, "*", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("{}", "name: 0 characters: 1 to 255 characters")]
    [InlineData("""{"name":"x","apiStages":[null]}""", "Invalid request body: null in a list")]
    [InlineData("""{"name":"x","apiStages":[{"apiId":"pets","stage":"dev","throttle":{"/pets/{id}/GET":null}}]}""", "throttle[\"/pets/{id}/GET\"]: null: one rateLimit and burstLimit for each method")]
    [InlineData("""{"name":"x","apiStages":[{"apiId":"pets","stage":"dev","throttle":{"pets/GET":{},"/pets/GET":{}}}]}""", "throttle[\"/pets/GET\"]: repeated: one rateLimit and burstLimit for each method")]
    [InlineData("""{"name":"x","quota":{"limit":5}}""", "quota.period: (missing): one of DAY, WEEK, MONTH")]
    [InlineData("""{"name":"x","quota":{"limit":5,"period":"YEAR"}}""", "Invalid request body: $.quota.period, line 1, column 47")]
    [InlineData("""{"name":"x","throttle":{"rateLimit":5}}""", "throttle.burstLimit: 0: 1 to 1000000 requests")]
    [InlineData("""{"name":"x","apiStages":[{"apiId":"pets","stage":"dev"},{"apiId":"pets","stage":"dev"}]}""", "apiStages: repeated stage: a stage stands once in a plan")]
    public async Task Create_WithSomethingWrong_IsToldWhat(string body, string message) =>
        Assert.Equal((400, "BadRequestException", message), await control.RefusedAsync("POST", "usageplans", body));

    [Fact]
    public async Task Keys_OneJoinsAPlanPerStageAndTenPlans()
    {
        string key = await control.CreateAsync("apikeys", """{"name":"member"}""");
        string body = $$"""{"keyId":"{{key}}","keyType":"API_KEY"}""";
        string plan = await control.CreateAsync("usageplans", Throttled);
        Assert.Equal(
            $$"""{"id":"{{key}}","type":"API_KEY","name":"member"}""", (await control.CallAsync("POST", $"usageplans/{plan}/keys", body, 201)).ToJsonString());
        Assert.Equal($$"""{"item":[{"id":"{{key}}","type":"API_KEY","name":"member"}]}""", (await control.CallAsync("GET", $"usageplans/{plan}/keys?name=mem")).ToJsonString());
        Assert.Equal(plan, (string)(await control.CallAsync("GET", $"usageplans?keyId={key}"))["item"]!.AsArray().Single()!["id"]!);
        Assert.Equal((409, "ConflictException"), Kind(await control.RefusedAsync("POST", $"usageplans/{plan}/keys", body)));

        string rival = await control.CreateAsync("usageplans", Throttled);
        Assert.Equal((409, "ConflictException"), Kind(await control.RefusedAsync("POST", $"usageplans/{rival}/keys", body)));
        for (int count = 2; count <= 10; count++)
            await control.CallAsync("POST", $"usageplans/{await control.CreateAsync("usageplans", """{"name":"empty"}""")}/keys", body, 201);
        string eleventh = await control.CreateAsync("usageplans", """{"name":"empty"}""");
        Assert.Equal((429, "LimitExceededException"), Kind(await control.RefusedAsync("POST", $"usageplans/{eleventh}/keys", body)));

        await control.CallAsync("DELETE", $"usageplans/{plan}/keys/{key}", status: 202);
        Assert.Equal((404, "NotFoundException"), Kind(await control.RefusedAsync("GET", $"usageplans/{plan}/keys/{key}")));
        await control.CallAsync("POST", $"usageplans/{eleventh}/keys", body, 201);
    }

    [Fact]
    public async Task Update_AddingAStageThatAKeyHasInAnotherPlan_IsRefused()
    {
        string key = await control.CreateAsync("apikeys", "{}");
        string holder = await control.CreateAsync("usageplans", Throttled);
        string other = await control.CreateAsync("usageplans", """{"name":"other","apiStages":[{"apiId":"pets","stage":"dev"}]}""");
        foreach (string plan in new[] { holder, other })
            await control.CallAsync("POST", $"usageplans/{plan}/keys", $$"""{"keyId":"{{key}}","keyType":"API_KEY"}""", 201);
        Assert.Equal((409, "ConflictException"), Kind(await control.RefusedAsync("PATCH", $"usageplans/{other}", ControlGateway.Patch("add", "/apiStages", "pets:prod"))));
    }

    [Theory]
    [InlineData("POST", "usageplans/seeded/keys", """{"keyId":"nope","keyType":"API_KEY"}""", 404, "Invalid API Key identifier specified")]
    [InlineData("POST", "usageplans/seeded/keys", """{"keyId":"seeded","keyType":"OTHER"}""", 400, "Invalid keyType 'OTHER' specified. Must be one of: [API_KEY]")]
    [InlineData("POST", "usageplans/seeded/keys", """{"keyType":"API_KEY"}""", 400, "keyId: (missing): the id of an API key")]
    [InlineData("GET", "usageplans/nope/keys", null, 404, "Invalid Usage Plan ID specified")]
    [InlineData("DELETE", "usageplans/seeded/keys/nope", null, 404, "Invalid Usage Plan Key identifier specified")]
    [InlineData("GET", "usageplans/seeded/usage?startDate=2026-01-01", null, 400, "endDate: (missing): a day as yyyy-MM-dd")]
    [InlineData("GET", "usageplans/seeded/usage?startDate=1.1.2026&endDate=2026-01-02", null, 400, "startDate: 1.1.2026: a day as yyyy-MM-dd")]
    [InlineData("GET", "usageplans/seeded/usage?startDate=2026-01-02&endDate=2026-01-01", null, 400, "endDate: 2026-01-01: from startDate on, at most 366 days")]
    [InlineData("GET", "usageplans/seeded/usage?startDate=2020-01-02&endDate=2026-01-01", null, 400, "endDate: 2026-01-01: from startDate on, at most 366 days")]
    [InlineData("PATCH", "usageplans/seeded/keys/seeded/usage", """{"patchOperations":[{"op":"replace","path":"/remaining","value":"5"}]}""", 404, "Invalid Usage Plan Key identifier specified")]
    [InlineData("PATCH", "usageplans/seeded/keys/seeded/usage", """{"patchOperations":[{"op":"replace","path":"/remaining","value":"-5"}]}""", 400, "Invalid value '-5' for patch path '/remaining': expected 0 or more requests")]
    public async Task Requests_ThatCannotBe_AreToldWhy(string method, string path, string? body, int status, string message) =>
        Assert.Equal((status, message), await control.RefusedAsync(method, path, body) is var (actual, _, text) ? (actual, text) : default);

    [Fact]
    public async Task Usage_IsListedKeyByKey()
    {
        string plan = await control.CreateAsync("usageplans", """{"name":"used","quota":{"limit":7,"period":"DAY"}}""");
        foreach (string name in new[] { "one", "two" })
            await control.CallAsync("POST", $"usageplans/{plan}/keys", $$"""{"keyId":"{{await control.CreateAsync("apikeys", $$"""{"name":"{{name}}"}""")}}","keyType":"API_KEY"}""", 201);
        string path = $"usageplans/{plan}/usage?startDate=2026-01-30&endDate=2026-02-01&limit=1";
        var first = await control.CallAsync("GET", path);
        var second = await control.CallAsync("GET", $"{path}&position={first["position"]}");
        Assert.Equal((plan, "2026-01-30", "2026-02-01"), ((string)first["usagePlanId"]!, (string)first["startDate"]!, (string)first["endDate"]!));
        Assert.All([first, second], page => Assert.Equal("[[0,7],[0,7],[0,7]]", Assert.Single(page["values"]!.AsObject()).Value!.ToJsonString()));
        Assert.NotEqual(Assert.Single(first["values"]!.AsObject()).Key, Assert.Single(second["values"]!.AsObject()).Key);
        Assert.Null(second["position"]);
    }

    private static (int Status, string? Type) Kind((int Status, string? Type, string Message) refusal) => (refusal.Status, refusal.Type);
}
