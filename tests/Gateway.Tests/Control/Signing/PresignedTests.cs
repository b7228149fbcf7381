using ApiPoc.Gateway.Control;
using ApiPoc.Gateway.Control.Signing;
using Microsoft.AspNetCore.Http;

namespace ApiPoc.Gateway.Tests.Control.Signing;

/// <summary>A request that botocore's SigV4QueryAuth signed for 60 seconds.</summary>
public sealed class PresignedTests
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Query = "limit=5&name=a%20b&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fapigateway%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=3c4897dae3e8ce036d6e03f992f41fafa4fa1ed807d75c5324bc7ecf3168f2f3";
    private static readonly DateTimeOffset SignedAt = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);
    private static readonly SignatureVerifier Verifier = new(
        [new ControlCredential { AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" }], "apigateway");

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public void Verify_WithinItsLifetime(int seconds)
    {
        var claim = Verifier.Examine(Request(Query), SignedAt.AddSeconds(seconds), out var fault);
        Assert.Null(fault);
        Assert.True(Verifier.Verify(Request(Query), claim!, EmptyHash));
        Assert.False(Verifier.Verify(Request(Query.Replace("limit=5", "limit=6", StringComparison.Ordinal)), claim!, EmptyHash));
    }

    [Fact]
    public void Examine_AfterIt_Expired()
    {
        Assert.Null(Verifier.Examine(Request(Query), SignedAt.AddSeconds(61), out var fault));
        Assert.StartsWith("Signature expired:", fault!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Amz-Expires=0")]
    [InlineData("X-Amz-Expires=604801")]
    [InlineData("X-Amz-Expires=soon")]
    [InlineData("Other=1")]
    public void Examine_LifetimeMissingOrWrong_IncompleteSignature(string instead)
    {
        Assert.Null(Verifier.Examine(Request(Query.Replace("X-Amz-Expires=60", instead, StringComparison.Ordinal)), SignedAt, out var fault));
        Assert.Equal("IncompleteSignatureException", fault!.Type);
    }

    private static SignedRequest Request(string query) => new("GET", "/apikeys", query, new HeaderDictionary { ["Host"] = "example.amazonaws.com" });
}
