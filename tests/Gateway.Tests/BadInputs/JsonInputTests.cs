using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.BadInputs;

/// <summary>Bodies that are not the JSON everybody reads alike: 400, with the place where a stage tells more than AWS, never with the body.</summary>
public sealed class JsonInputTests(BadInputFixture fixture) : IClassFixture<BadInputFixture>
{
    private const string Secret = "planted-secret";

    [Fact]
    public Task DeeperThan32() => ShouldBeRefusedAsync($$"""{"name":{{new string('[', 32)}}"{{Secret}}"{{new string(']', 32)}}}""", "line 1, byte 39");

    [Fact]
    public Task DuplicateMember() => ShouldBeRefusedAsync($$"""{"name":"{{Secret}}","name":"m"}""", "$[member 1]: a name that stands twice");

    [Fact]
    public Task DuplicateMember_WrittenInAnotherWay() => ShouldBeRefusedAsync($$$"""{"name":"{{{Secret}}}","in":{"a":1,"\u0061":2}}""", "$[member 1][member 1]: a name that stands twice");

    [Fact]
    public Task TrailingData() => ShouldBeRefusedAsync($$"""{"name":"n"}{{Secret}}""", "line 1, byte 12");

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    public Task NumberThatIsNone(string number) => ShouldBeRefusedAsync($$"""{"name":"{{Secret}}","n":{{number}}}""", "line 1, byte");

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00\\ud800")]
    public Task LoneSurrogate(string text) => ShouldBeRefusedAsync($$"""{"name":"{{Secret}}","n":"{{text}}"}""", "$[member 1]: a lone surrogate");

    [Fact]
    public Task LoneSurrogate_InAName() => ShouldBeRefusedAsync($$"""{"name":"{{Secret}}","\ud800":1}""", "$[member 1]: a lone surrogate");

    [Fact]
    public Task Bom() => ShouldBeRefusedAsync($$"""{{'\uFEFF'}}{"name":"{{Secret}}"}""", "line 1, byte 0");

    [Fact]
    public Task HugeNumber() => ShouldBeRefusedAsync($$"""{"name":"{{Secret}}","n":{{new string('9', 100_000)}}}""", "$[member 1]: a number of more than 100 characters");

    [Fact]
    public Task HugeArray_WithinTheCap() => ShouldBeRefusedAsync($"[{string.Join(',', Enumerable.Repeat('1', 500_000))}]", "$: object expected");

    [Fact]
    public async Task HugeArray_AboveTheCap_413() => Assert.Equal(
        413, (await PostAsync("aws", $"[{string.Join(',', Enumerable.Repeat('1', 1_000_000))}]", ("Expect", "100-continue"))).Status);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public Task NoObject(string body) => ShouldBeRefusedAsync(body, "$");

    private async Task ShouldBeRefusedAsync(string body, string place)
    {
        (await PostAsync("aws", body)).ShouldBe(400, "BadRequestException", """{"message":"Invalid request body"}""");
        var told = await PostAsync("extended", body, ("Accept", "application/problem+json"));
        Assert.Equal((400, "Invalid request body"), (told.Status, (string?)told.Json["title"]));
        Assert.Contains(place, (string)told.Json["detail"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, told.Body, StringComparison.Ordinal);
    }

    private Task<Reply> PostAsync(string stage, string body, params (string Name, string Value)[] headers) =>
        fixture.Gateway.SendAsync("POST", $"bad/{stage}/things", key: null, body, headers);
}
