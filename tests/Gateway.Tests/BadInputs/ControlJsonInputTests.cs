namespace ApiPoc.Gateway.Tests.BadInputs;

public sealed class ControlJsonInputTests(BadInputFixture fixture) : IClassFixture<BadInputFixture>
{
    private const string Secret = "planted-secret";

    [Theory]
    [InlineData("{\"name\":\"planted-secret\"")]
    [InlineData("[\"planted-secret\"]")]
    [InlineData("null")]
    [InlineData("{\"name\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"planted-secret\"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}")]
    [InlineData("{\"name\":\"planted-secret\",\"name\":\"m\"}")]
    [InlineData("{\"name\":\"n\"}planted-secret")]
    [InlineData("{\"name\":NaN}")]
    [InlineData("{\"name\":\"planted-secret\\ud800\"}")]
    [InlineData("\uFEFF{\"name\":\"planted-secret\"}")]
    [InlineData("{\"name\":{\"planted-secret\":1}}")]
    [InlineData("{\"name\":\"planted-secret\",\"enabled\":\"yes\"}")]
    public async Task JsonThatIsNone_400_WithoutTheBody(string body)
    {
        var reply = await fixture.Gateway.ControlAsync("POST", "apikeys", body);
        Assert.Equal((400, "BadRequestException"), (reply.Status, reply["x-amzn-ErrorType"]));
        Assert.DoesNotContain(Secret, reply.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apikeys/key")]
    [InlineData("usageplans/plan")]
    [InlineData("usageplans/plan/keys/key/usage")]
    [InlineData("restapis/bad/stages/aws")]
    public async Task PatchOperationThatIsNull_400(string path)
    {
        var reply = await fixture.Gateway.ControlAsync("PATCH", path, """{"patchOperations":[null]}""");
        Assert.Equal((400, """{"message":"Invalid request body: null in a list"}"""), (reply.Status, reply.Body));
    }
}
