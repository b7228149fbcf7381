using ApiPoc.Gateway.Control;
using ApiPoc.Gateway.Control.Signing;
using Microsoft.AspNetCore.Http;

namespace ApiPoc.Gateway.Tests.Control.Signing;

public sealed class SignatureVerifierTests
{
    private const string Good = "AWS4-HMAC-SHA256 Credential=test/20260102/us-east-1/apigateway/aws4_request, SignedHeaders=host;x-amz-date, Signature=0";
    private static readonly DateTimeOffset SignedAt = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly SignatureVerifier Verifier = new(
        [new ControlCredential { AccessKeyId = "test", SecretAccessKey = "secret" }, new ControlCredential { AccessKeyId = "role", SecretAccessKey = "secret", SessionToken = "token" }],
        "apigateway", "us-east-1");

    [Fact]
    public void Examine_NotSigned_MissingAuthenticationToken() => Assert.Equal(ControlError.MissingAuthenticationToken, Examine(authorization: null));

    [Theory]
    [InlineData("Bearer token", "algorithm", "'Credential'", "'Signature'", "'SignedHeaders'")]
    [InlineData("AWS4-HMAC-SHA256", "'Credential'", "'Signature'", "'SignedHeaders'")]
    [InlineData("AWS4-HMAC-SHA256 Credential=test/20260102/us-east-1/aws4_request, SignedHeaders=host, Signature=0", "5 slash-delimited")]
    [InlineData("AWS4-HMAC-SHA256 Credential=test/20260102/us-east-1/apigateway/other, SignedHeaders=host, Signature=0", "5 slash-delimited")]
    [InlineData("AWS4-HMAC-SHA256 Credential=test/20260102/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=", "'Signature'")]
    [InlineData("AWS4-ECDSA-P256-SHA256 Credential=test/20260102/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=0", "algorithm")]
    public void Examine_PartsMissing_IncompleteSignatureNamesThem(string authorization, params string[] named)
    {
        var fault = Examine(authorization);
        Assert.Equal((400, "IncompleteSignatureException"), (fault!.Status, fault.Type));
        Assert.All(named, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("20261302T030405Z")]
    public void Examine_NoDate_IncompleteSignature(string date) => Assert.Equal("IncompleteSignatureException", Examine(Good, ("X-Amz-Date", date))!.Type);

    [Theory]
    [InlineData("Credential=somebody/", null)]
    [InlineData("Credential=test/", "token")]
    [InlineData("Credential=role/", null)]
    [InlineData("Credential=role/", "another")]
    public void Examine_UnknownKeyOrToken_UnrecognizedClient(string credential, string? token) => Assert.Equal(
        SignatureErrors.UnknownToken, Examine(Good.Replace("Credential=test/", credential, StringComparison.Ordinal), ("X-Amz-Security-Token", token ?? "")));

    [Fact]
    public void Examine_SessionToken_IsAccepted() => Assert.Null(Examine(Good.Replace("Credential=test/", "Credential=role/", StringComparison.Ordinal), ("X-Amz-Security-Token", "token")));

    [Theory]
    [InlineData(-300)]
    [InlineData(300)]
    public void Examine_ClocksWithinFiveMinutes_IsAccepted(int seconds) => Assert.Null(Examine(Good, SignedAt.AddSeconds(seconds)));

    [Fact]
    public void Examine_Expired_SaysBothTimes() => Assert.Equal(
        SignatureErrors.Invalid("Signature expired: 20260102T030405Z is now earlier than 20260102T030406Z (20260102T030906Z - 5 min.)"), Examine(Good, SignedAt.AddSeconds(301)));

    [Fact]
    public void Examine_FromTheFuture_SaysBothTimes() => Assert.Equal(
        SignatureErrors.Invalid("Signature not yet current: 20260102T030405Z is still later than 20260102T030404Z (20260102T025904Z + 5 min.)"), Examine(Good, SignedAt.AddSeconds(-301)));

    [Theory]
    [InlineData("/20260102/", "/20260101/", "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260101' != '20260102', from '20260102T030405Z'.")]
    [InlineData("/apigateway/", "/sqs/", "Credential should be scoped to correct service: 'apigateway'.")]
    [InlineData("/us-east-1/", "/eu-west-1/", "Credential should be scoped to a valid region, not 'eu-west-1'.")]
    [InlineData("SignedHeaders=host;x-amz-date", "SignedHeaders=x-amz-date", "'Host' must be a 'SignedHeader' in the AWS Authorization.")]
    public void Examine_AnotherScope_InvalidSignature(string part, string instead, string message) =>
        Assert.Equal(SignatureErrors.Invalid(message), Examine(Good.Replace(part, instead, StringComparison.Ordinal)));

    [Fact]
    public void Examine_SignedHeaderAbsent_Mismatch() =>
        Assert.Equal(SignatureErrors.Mismatch, Examine(Good.Replace("host;x-amz-date", "host;x-amz-date;x-other", StringComparison.Ordinal)));

    private static ControlError? Examine(string? authorization, params (string Name, string Value)[] headers) => Examine(authorization, SignedAt, headers);

    private static ControlError? Examine(string? authorization, DateTimeOffset now, params (string Name, string Value)[] headers)
    {
        var all = new HeaderDictionary { ["Host"] = "localhost", ["X-Amz-Date"] = "20260102T030405Z", ["Authorization"] = authorization };
        foreach (var (name, value) in headers)
            all[name] = value;
        Verifier.Examine(new SignedRequest("GET", "/apikeys", "", all), now, out var fault);
        return fault;
    }
}
