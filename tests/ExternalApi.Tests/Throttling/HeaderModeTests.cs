using System.Net;

namespace ApiPoc.ExternalApi.Tests.Throttling;

public sealed class HeaderModeTests(Emulator emulator) : EmulatorTest(emulator)
{
    // Only the seconds left vary with the speed of the test.
    private const string Seconds = "([1-9]|[1-5][0-9]|60)";

    [Theory]
    [InlineData("ratelimit", false, "RateLimit-Policy: \"survey:interview\";q=10;w=60, \"survey\";q=20;w=60 RateLimit: \"survey:interview\";r=9;t=S, \"survey\";r=19;t=S")]
    [InlineData("ratelimit", true, "Retry-After: S RateLimit-Policy: \"survey:interview\";q=10;w=60, \"survey\";q=20;w=60 RateLimit: \"survey:interview\";r=0;t=S, \"survey\";r=10;t=S")]
    [InlineData("legacy", false, "X-RateLimit-Limit: 10 X-RateLimit-Remaining: 9 X-RateLimit-Reset: S")]
    [InlineData("legacy", true, "Retry-After: S X-RateLimit-Limit: 10 X-RateLimit-Remaining: 0 X-RateLimit-Reset: S")]
    [InlineData("retry-after", false, "")]
    [InlineData("retry-after", true, "Retry-After: S")]
    [InlineData("none", false, "")]
    [InlineData("none", true, "")]
    public async Task Answer_TellsTheQuotaInItsMode(string mode, bool isRefused, string headers)
    {
        await Emulator.SwitchAsync("quotas", new { header_mode = mode });

        var answer = await Emulator.GetTimesAsync(isRefused ? 11 : 1, "/survey/1/interview/1");

        Assert.Equal(isRefused ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK, answer.StatusCode);
        string pattern = System.Text.RegularExpressions.Regex.Escape(headers).Replace(@"t=S", $"t={Seconds}").Replace(@":\ S", $@":\ {Seconds}");
        Assert.Matches($"^{pattern}$", QuotaHeaders(answer));
    }

    private static string QuotaHeaders(HttpResponseMessage answer)
    {
        string[] names = ["Retry-After", "RateLimit-Policy", "RateLimit", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"];
        return string.Join(' ', names.Where(answer.Headers.Contains).Select(name => $"{name}: {string.Join(", ", answer.Headers.GetValues(name))}"));
    }
}
