using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.BadInputs;

public sealed class CorsInputTests(BadInputFixture fixture) : IClassFixture<BadInputFixture>
{
    private const string Origin = "Origin: https://example.org\r\nAccess-Control-Request-Method: GET\r\n";

    [Fact]
    public async Task NoOriginIsAllowed_UnlessDeclared()
    {
        var call = await fixture.GetAsync($"{BadInputFixture.Stage}/open", Origin);
        Assert.Equal(200, call.Status);
        Assert.DoesNotContain("Access-Control-", call.Answer, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(403, (await fixture.Gateway.SendAsync("OPTIONS", "bad/aws/open", key: null, body: null, ("Origin", "https://example.org"))).Status);
    }

    [Fact]
    public async Task AnyOriginWithCredentials_DoesNotStart()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """
            {
              "restApis": {
                "a": {
                  "cors": { "allowOrigins": ["*"], "allowCredentials": true },
                  "resources": { "/r": { "GET": { "integration": { "mock": {} } } } },
                  "stages": { "s": {} }
                }
              }
            }
            """);
        var (exitCode, errors) = await ServiceProcess.RunAsync("Gateway", folder: null, ("Gateway:File", file));
        File.Delete(file);
        Assert.Equal(1, exitCode);
        Assert.Contains("restApis.a.cors.allowCredentials: True: not together with the origin *: any site could act for the user", errors, StringComparison.Ordinal);
    }
}
