using System.Text.Json.Nodes;
using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.Control;

public sealed class RestApiOperationTests(ControlGateway control) : IClassFixture<ControlGateway>
{
    [Fact]
    public async Task RestApi_IsShownAsDeclared()
    {
        var api = await control.CallAsync("GET", "restapis/pets");
        Assert.Equal(
            $$$"""{"id":"pets","name":"Pets","createdDate":{{{api["createdDate"]}}},"apiKeySource":"HEADER","endpointConfiguration":{"types":["REGIONAL"]},"disableExecuteApiEndpoint":false,"rootResourceId":"{{{api["rootResourceId"]}}}"}""",
            api.ToJsonString());
        Assert.Equal($$$"""{"item":[{{{api.ToJsonString()}}}]}""", (await control.CallAsync("GET", "restapis")).ToJsonString());
    }

    [Fact]
    public async Task Resources_AreATreeWithEverySegment()
    {
        string root = (string)(await control.CallAsync("GET", "restapis/pets"))["rootResourceId"]!;
        var resources = (await control.CallAsync("GET", "restapis/pets/resources"))["item"]!.AsArray();
        string pets = (string)resources[1]!["id"]!;
        string pet = (string)resources[2]!["id"]!;
        Assert.Equal(
            $$$"""[{"id":"{{{root}}}","path":"/","resourceMethods":{"ANY":{} } },{"id":"{{{pets}}}","parentId":"{{{root}}}","pathPart":"pets","path":"/pets"},{"id":"{{{pet}}}","parentId":"{{{pets}}}","pathPart":"{id}","path":"/pets/{id}","resourceMethods":{"GET":{} } }]""",
            resources.ToJsonString().Replace("{}}}", "{} } }", StringComparison.Ordinal));
        Assert.Equal(resources[2]!.ToJsonString(), (await control.CallAsync("GET", $"restapis/pets/resources/{pet}")).ToJsonString());

        var embedded = await control.CallAsync("GET", $"restapis/pets/resources/{pet}?embed=methods");
        var method = await control.CallAsync("GET", $"restapis/pets/resources/{pet}/methods/GET");
        Assert.True(JsonNode.DeepEquals(embedded["resourceMethods"]!["GET"], method));
        Assert.Equal(
            $$$"""{"httpMethod":"GET","authorizationType":"NONE","apiKeyRequired":true,"requestParameters":{"method.request.path.id":true},"methodIntegration":{"type":"MOCK","passthroughBehavior":"WHEN_NO_MATCH","timeoutInMillis":29000,"cacheNamespace":"{{{pet}}}","cacheKeyParameters":["method.request.path.id"]}}""",
            method.ToJsonString());
        Assert.Equal(
            $$$"""{"type":"HTTP_PROXY","httpMethod":"PUT","uri":"${stageVariables.backEnd}/x","passthroughBehavior":"WHEN_NO_MATCH","timeoutInMillis":29000,"cacheNamespace":"{{{root}}}","cacheKeyParameters":[]}""",
            (await control.CallAsync("GET", $"restapis/pets/resources/{root}/methods/ANY/integration")).ToJsonString());
    }

    [Theory]
    [InlineData("restapis/nope", "Invalid API identifier specified nope")]
    [InlineData("restapis/nope/resources", "Invalid API identifier specified nope")]
    [InlineData("restapis/pets/resources/nope", "Invalid Resource identifier specified")]
    [InlineData("restapis/pets/stages/nope", "Invalid stage identifier specified")]
    [InlineData("restapis/pets/deployments/nope", "Invalid Deployment identifier specified")]
    public async Task Unknown_IsNotFound(string path, string message) => Assert.Equal((404, "NotFoundException", message), await control.RefusedAsync("GET", path));

    [Fact]
    public async Task Account_ShowsItsThrottleAndTakesOnlyWhatIsOn()
    {
        const string account = """{"throttleSettings":{"burstLimit":5000,"rateLimit":10000},"features":["UsagePlans"],"apiKeyVersion":"4"}""";
        Assert.Equal(account, (await control.CallAsync("GET", "account")).ToJsonString());
        Assert.Equal(account, (await control.PatchAsync("account", "add", "/features", "UsagePlans")).ToJsonString());
        Assert.Equal(
            (400, "BadRequestException", "Invalid patch path  '/throttleSettings/rateLimit' specified for op 'replace'. Must be one of: [/features]"),
            await control.RefusedAsync("PATCH", "account", ControlGateway.Patch("replace", "/throttleSettings/rateLimit", "1")));
    }

    [Theory]
    [InlineData("apikeys")]
    [InlineData("usageplans")]
    public async Task Tags_AreSetReadAndTakenAway(string kind)
    {
        string id = await control.CreateAsync(kind, """{"name":"tagged","tags":{"a":"1","b":"2"}}""");
        string path = $"tags/{Uri.EscapeDataString($"arn:aws:apigateway:us-east-1::/{kind}/{id}")}";
        Assert.Equal((204, ""), await control.Gateway.ControlAsync("PUT", path, """{"tags":{"b":"3","c":"4"}}""") is var set ? (set.Status, set.Body) : default);
        Assert.Equal((204, ""), await control.Gateway.ControlAsync("DELETE", $"{path}?tagKeys=a&tagKeys=c") is var removed ? (removed.Status, removed.Body) : default);
        Assert.Equal("""{"tags":{"b":"3"}}""", (await control.CallAsync("GET", path)).ToJsonString());
        Assert.Equal("""{"b":"3"}""", (await control.CallAsync("GET", $"{kind}/{id}"))["tags"]!.ToJsonString());
    }
}
