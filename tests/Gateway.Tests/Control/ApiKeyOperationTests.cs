using System.Text.Json.Nodes;
using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.Control;

public sealed class ApiKeyOperationTests(ControlGateway control) : IClassFixture<ControlGateway>
{
    [Fact]
    public async Task Create_ShowsEverythingAndLaterHidesTheValue()
    {
        var created = await control.CallAsync(
            "POST", "apikeys", """{"name":"shape","description":"d","enabled":true,"value":"shape-key-value-000001","customerId":"c","generateDistinctId":true,"tags":{"a":"b"}}""", 201);
        string id = (string)created["id"]!;
        Assert.Equal(
            """{"id":"*","value":"shape-key-value-000001","name":"shape","customerId":"c","description":"d","enabled":true,"createdDate":0,"lastUpdatedDate":0,"stageKeys":[],"tags":{"a":"b"}}""",
            Comparable(created));
        created.AsObject().Remove("value");
        Assert.Equal(created.ToJsonString(), (await control.CallAsync("GET", $"apikeys/{id}")).ToJsonString());
        Assert.Equal("shape-key-value-000001", (string)(await control.CallAsync("GET", $"apikeys/{id}?includeValue=true"))["value"]!);
        Assert.Null((await control.CallAsync("GET", $"apikeys/{id}?includeValue=false"))["value"]);
    }

    [Fact]
    public async Task Create_WithoutAnything_IsNamedByItsIdDisabledAndOfARandomValue()
    {
        var first = await control.CallAsync("POST", "apikeys", "{}", 201);
        var second = await control.CallAsync("POST", "apikeys", body: null, status: 201);
        Assert.Equal(((string)first["id"]!, false), ((string)first["name"]!, (bool)first["enabled"]!));
        Assert.Matches("^[A-Za-z0-9]{40}$", (string)first["value"]!);
        Assert.NotEqual((string)first["value"]!, (string)second["value"]!);
    }

    [Fact]
    public async Task Update_ChangesWhatItNamesInOrderAndShowsNoValue()
    {
        string id = await control.CreateAsync("apikeys", """{"name":"before","enabled":false}""");
        var changed = await control.CallAsync("PATCH", $"apikeys/{id}", """
            {"patchOperations":[
              {"op":"replace","path":"/name","value":"between"},{"op":"replace","path":"/name","value":"after"},{"op":"replace","path":"/description","value":"d"},
              {"op":"replace","path":"/enabled","value":"true"},{"op":"replace","path":"/customerId","value":"c"}]}
            """);
        Assert.Equal(
            """{"id":"*","name":"after","customerId":"c","description":"d","enabled":true,"createdDate":0,"lastUpdatedDate":0,"stageKeys":[]}""", Comparable(changed));
    }

    [Fact]
    public async Task Update_WithOneWrongOperation_ChangesNothing()
    {
        string id = await control.CreateAsync("apikeys", """{"name":"whole"}""");
        await control.RefusedAsync("PATCH", $"apikeys/{id}", """{"patchOperations":[{"op":"replace","path":"/name","value":"half"},{"op":"replace","path":"/value","value":"x"}]}""");
        Assert.Equal("whole", (string)(await control.CallAsync("GET", $"apikeys/{id}"))["name"]!);
    }

    [Fact]
    public async Task List_FiltersByTheBeginningOfTheNameAndPages()
    {
        foreach (string name in new[] { "list-a", "list-b", "other-list" })
            await control.CreateAsync("apikeys", $$"""{"name":"{{name}}"}""");
        var first = await control.CallAsync("GET", "apikeys?name=list-&limit=1");
        var second = await control.CallAsync("GET", $"apikeys?name=list-&limit=1&position={first["position"]}");
        Assert.Equal(["list-a", "list-b"], new[] { first, second }.Select(page => (string)page["item"]!.AsArray().Single()!["name"]!).Order(StringComparer.Ordinal));
        Assert.Null(second["position"]);
    }

    [Fact]
    public async Task List_WhileKeysAreDeleted_SkipsNoOther()
    {
        foreach (string name in new[] { "moving-1", "moving-2", "moving-3" })
            await control.CreateAsync("apikeys", $$"""{"name":"{{name}}"}""");
        var first = await control.CallAsync("GET", "apikeys?name=moving-&limit=1");
        await control.CallAsync("DELETE", $"apikeys/{first["item"]![0]!["id"]}", status: 202);
        Assert.Equal(2, (await control.CallAsync("GET", $"apikeys?name=moving-&position={first["position"]}"))["item"]!.AsArray().Count);
    }

    [Fact]
    public async Task Delete_AnswersWithoutABodyAndOnlyOnce()
    {
        string id = await control.CreateAsync("apikeys", "{}");
        Assert.Equal((202, ""), await control.Gateway.ControlAsync("DELETE", $"apikeys/{id}") is var reply ? (reply.Status, reply.Body) : default);
        Assert.Equal((404, "NotFoundException", "Invalid API Key identifier specified"), await control.RefusedAsync("DELETE", $"apikeys/{id}"));
    }

    [Theory]
    [InlineData("""{"value":"nineteen-characters"}""", "API Key value should be at least 20 characters")]
    [InlineData("""{"value":"with space in the value"}""", "API Key value may hold visible ASCII characters only")]
    [InlineData("""{"name":7}""", "Invalid request body: $.name, line 1, column 10")]
    [InlineData("""{"name":"a","name":"b"}""", "Invalid request body: $.name, line 1, column 20")]
    [InlineData("""{"name":""", "Invalid request body: $.name, line 1, column 9")]
    [InlineData("""{} {}""", "Invalid request body: $, line 1, column 4")]
    [InlineData("null", "Invalid request body: an object is expected")]
    [InlineData("""{"tags":{"":"x"}}""", "tags: a name has 1 to 128 characters, a value at most 256")]
    public async Task Create_WithABadBody_IsToldWhere(string body, string message) =>
        Assert.Equal((400, "BadRequestException", message), await control.RefusedAsync("POST", "apikeys", body));

    [Fact]
    public async Task Create_WithTooLongTexts_IsRefused()
    {
        Assert.Equal("API Key value exceeds maximum size of 128 characters", (await control.RefusedAsync("POST", "apikeys", $$"""{"value":"{{new string('a', 129)}}"}""")).Message);
        Assert.Equal("API Key name exceeds maximum size of 1024 characters", (await control.RefusedAsync("POST", "apikeys", $$"""{"name":"{{new string('a', 1025)}}"}""")).Message);
        Assert.Equal((413, "RequestEntityTooLargeException"), await control.RefusedAsync("POST", "apikeys", $$"""{"name":"{{new string('a', 1_100_000)}}"}""") is var (status, type, _) ? (status, type) : default);
    }

    [Theory]
    [InlineData("replace", "/nope", "x", "Invalid patch path  '/nope' specified for op 'replace'. Must be one of: [/customerId, /description, /enabled, /name]")]
    [InlineData("remove", "/name", null, "Invalid patch path  '/name' specified for op 'remove'. Please choose supported operations")]
    [InlineData("copy", "/name", "x", "Invalid patch operation 'copy' specified. Must be one of: [add, remove, replace]")]
    [InlineData("replace", "/enabled", "yes", "Invalid value 'yes' for patch path '/enabled': expected true or false")]
    public async Task Update_WithABadOperation_IsToldWhich(string op, string path, string? value, string message) =>
        Assert.Equal((400, "BadRequestException", message), await control.RefusedAsync("PATCH", "apikeys/seeded", ControlGateway.Patch(op, path, value)));

    [Theory]
    [InlineData("limit=0", "Invalid limit parameter: expected 1 to 500")]
    [InlineData("limit=501", "Invalid limit parameter: expected 1 to 500")]
    [InlineData("limit=x", "Invalid limit parameter: expected 1 to 500")]
    [InlineData("position=!", "Invalid position parameter")]
    public async Task List_WithABadPage_IsRefused(string query, string message) =>
        Assert.Equal((400, "BadRequestException", message), await control.RefusedAsync("GET", $"apikeys?{query}"));

    private static string Comparable(JsonNode key)
    {
        var copy = key.DeepClone();
        foreach (string time in new[] { "createdDate", "lastUpdatedDate" })
        {
            Assert.InRange((long)copy[time]!, 1_500_000_000, 5_000_000_000);
            copy[time] = 0;
        }
        copy["id"] = "*";
        return copy.ToJsonString();
    }
}
