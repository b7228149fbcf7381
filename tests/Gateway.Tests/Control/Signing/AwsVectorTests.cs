using ApiPoc.Gateway.Control;
using ApiPoc.Gateway.Control.Signing;
using Microsoft.AspNetCore.Http;

namespace ApiPoc.Gateway.Tests.Control.Signing;

/// <summary>AWS's published Signature Version 4 test suite: its requests, credentials and signatures.</summary>
public sealed class AwsVectorTests
{
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string FormHash = "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e";
    private const string Unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SignatureVerifier Verifier = new(
        [new ControlCredential { AccessKeyId = "AKIDEXAMPLE", SecretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" }], "service", "us-east-1");

    [Theory]
    [InlineData("GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("GET", "/?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("GET", "/?Param1=value2&Param1=value1", "5772eed61e12b33fae39ee5e7012498b51d56abc0abb7c60486157bd471c4694")]
    [InlineData("GET", $"/?{Unreserved}={Unreserved}", "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197")]
    [InlineData("GET", "/\u1234", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85")]
    [InlineData("GET", "/example space/", "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741")]
    [InlineData("GET", "/example1/example2/../..", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("GET", "/./example", "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5")]
    [InlineData("GET", "//example//", "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84")]
    [InlineData("POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    public void Verify_Target(string method, string target, string signature) => ShouldVerify(method, target, "host;x-amz-date", signature, EmptyHash);

    [Fact]
    public void Verify_HeaderValuesAreTrimmed() => ShouldVerify(
        "GET", "/", "host;my-header1;my-header2;x-amz-date", "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736", EmptyHash,
        ("My-Header1", [" value1"]), ("My-Header2", [" \"a   b   c\""]));

    [Fact]
    public void Verify_RepeatedHeadersKeepTheirOrder() => ShouldVerify(
        "GET", "/", "host;my-header1;x-amz-date", "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea", EmptyHash,
        ("My-Header1", ["value2", "value2", "value1"]));

    [Fact]
    public void Verify_Body() => ShouldVerify(
        "POST", "/", "content-type;host;x-amz-date", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a", FormHash,
        ("Content-Type", ["application/x-www-form-urlencoded"]));

    [Fact]
    public void Verify_EncodedPath_IsEncodedOnceMore() => ShouldVerify(
        "GET", "/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Fapikeys%2Fabc", "host;x-amz-date",
        "235bcee0896c4e670248fb1622fcd98ce42a9fab8a810c9f2c110e51daa3a1df", EmptyHash);

    private static void ShouldVerify(
        string method, string target, string signedHeaders, string signature, string hash, params (string Name, string[] Values)[] headers)
    {
        var all = new HeaderDictionary
        {
            ["Host"] = "example.amazonaws.com",
            ["X-Amz-Date"] = "20150830T123600Z",
            ["Authorization"] = $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={signedHeaders}, Signature={signature}",
        };
        foreach (var (name, values) in headers)
            all[name] = values;
        string[] parts = target.Split('?', 2);
        var request = new SignedRequest(method, parts[0], parts.Length == 2 ? parts[1] : "", all);

        var claim = Verifier.Examine(request, new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero), out var fault);

        Assert.Null(fault);
        Assert.True(Verifier.Verify(request, claim!, hash));
        Assert.False(Verifier.Verify(request with { Method = "PUT" }, claim!, hash));
    }
}
