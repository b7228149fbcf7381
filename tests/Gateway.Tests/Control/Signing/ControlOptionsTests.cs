using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.Control.Signing;

public sealed class ControlOptionsTests
{
    [Theory]
    [InlineData("test", "a-real-secret")]
    [InlineData("a-real-id", "test")]
    public async Task SampleCredentials_InProduction_DoNotStart(string accessKeyId, string secret)
    {
        var (exitCode, errors) = await RunAsync(("Control:Credentials:0:AccessKeyId", accessKeyId), ("Control:Credentials:0:SecretAccessKey", secret));
        Assert.Equal(1, exitCode);
        Assert.Contains($"Control:Credentials:0: {accessKeyId}: sample credentials are for Development only", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("a-real-secret", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_TwiceOrIncomplete_AreNamed()
    {
        var (exitCode, errors) = await RunAsync(
            ("Control:Credentials:0:AccessKeyId", "same"), ("Control:Credentials:0:SecretAccessKey", "s3cret"),
            ("Control:Credentials:1:AccessKeyId", "same"), ("Control:Credentials:1:SecretAccessKey", ""));
        Assert.Equal(1, exitCode);
        Assert.Contains("Control:Credentials:1:AccessKeyId: same: stands twice", errors, StringComparison.Ordinal);
        Assert.Contains("Control:Credentials:1:SecretAccessKey: (secret): required", errors, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Errors)> RunAsync(params (string Key, string? Value)[] settings) => ServiceProcess.RunAsync(
        "Gateway", folder: null, [("ASPNETCORE_ENVIRONMENT", "Production"), .. settings]);
}
