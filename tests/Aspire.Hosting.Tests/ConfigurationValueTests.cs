namespace Aspire.Hosting.Tests;

public sealed class ConfigurationValueTests
{
    [Fact]
    public async Task ConnectionString_InConfiguration_ReachesTheProcess()
    {
        await using var application = await TestApplication.StartAsync(Describe, ("ConnectionStrings:redis", "elsewhere:6379"));
        Assert.Equal(0, (await application.WaitForAsync("client", snapshot => snapshot.ExitCode is not null)).Snapshot.ExitCode);
        Assert.Contains("elsewhere:6379", await Logs.OfAsync(application, "client"));
    }

    [Fact]
    public async Task ConnectionString_Missing_IsNamedAndNothingStarts()
    {
        await using var application = await TestApplication.StartAsync(Describe);
        await application.WaitForStateAsync("redis", KnownResourceStates.ValueMissing);
        await application.WaitForStateAsync("client", KnownResourceStates.FailedToStart);
        Assert.Contains(await Logs.OfAsync(application, "client"), line => line.Contains("configuration key 'ConnectionStrings:redis' is missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Parameter_InConfiguration_WinsOverTheGivenValue()
    {
        await using var application = await TestApplication.StartAsync(
            builder =>
            {
                var given = builder.AddParameter("given", "given");
                var configured = builder.AddParameter("configured", "given");
                builder.AddExecutable("client", "sh", ".", "-c", "echo $GIVEN $CONFIGURED").WithEnvironment("GIVEN", given).WithEnvironment("CONFIGURED", configured);
            },
            ("Parameters:configured", "configured"));
        await application.WaitForStateAsync("client", KnownResourceStates.Finished);
        Assert.Contains("given configured", await Logs.OfAsync(application, "client"));
    }

    private static void Describe(IDistributedApplicationBuilder builder) =>
        builder.AddExecutable("client", "sh", ".", "-c", "echo $ConnectionStrings__redis").WithReference(builder.AddConnectionString("redis"));
}
