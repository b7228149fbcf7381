using ApiPoc.Gateway.Tests.Kit;

namespace ApiPoc.Gateway.Tests.ErrorMatrix;

public sealed class RequestRowTests(MatrixFixture matrix) : IClassFixture<MatrixFixture>
{
    [Fact]
    public async Task BadRequestParameters_400() =>
        (await matrix.Gateway.GetAsync("matrix/prod/things")).ShouldBe(400, "BadRequestException", """{"message":"Missing required request parameters: [a, b]"}""");

    [Fact]
    public async Task BadRequestParameters_OneGiven_NamesTheOther() =>
        (await matrix.Gateway.GetAsync("matrix/prod/things?a=1")).ShouldBe(400, "BadRequestException", """{"message":"Missing required request parameters: [b]"}""");

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":7}""")]
    [InlineData("[]")]
    [InlineData("not json")]
    public async Task BadRequestBody_400(string body) =>
        (await matrix.Gateway.SendAsync("POST", "matrix/prod/things", key: null, body)).ShouldBe(400, "BadRequestException", """{"message":"Invalid request body"}""");

    [Fact]
    public async Task UnsupportedMediaType_415() =>
        (await matrix.Gateway.SendAsync("POST", "matrix/prod/things", key: null, "<a/>", ("Content-Type", "text/xml")))
            .ShouldBe(415, "BadRequestException", """{"message":"Unsupported Media Type"}""");

    [Fact]
    public async Task RequestTooLarge_413() =>
        (await matrix.Gateway.SendAsync("POST", "matrix/prod/upload", key: null, new string('x', 1024 * 1024 + 1), ("Expect", "100-continue")))
            .ShouldBe(413, "RequestTooLargeException", """{"message":"Request Too Long"}""");

    [Fact]
    public async Task ValidRequest_200() => Assert.Equal(200, (await matrix.Gateway.SendAsync("POST", "matrix/prod/things", key: null, """{"name":"n"}""")).Status);
}
