using System.Diagnostics;
using ApiPoc.AppHost.Resources;
using ApiPoc.Testing;
using Aspire.Hosting;

namespace ApiPoc.AppHost.Tests;

public sealed class KeepRunningTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("keep-running").FullName;
    private DistributedApplication _application = null!;

    public async Task InitializeAsync()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        var server = builder.AddExecutable("server", "sh", _directory, "-c", "echo $$ >> server; exec sleep 600").KeepRunning();
        builder.AddExecutable("set-up", "sh", _directory, "-c", "echo done >> set-up").WaitFor(server).RunAgainAfterRestarts();
        builder.AddExecutable("other", "sh", _directory, "-c", "echo done >> other").RunAgainAfterRestarts();
        _application = builder.Build();
        await _application.StartAsync();
        await WaitForLinesAsync("set-up", 1);
        await WaitForLinesAsync("other", 1);
    }

    public async Task DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Killed_IsStartedAgain_AndSoIsWhatHadSetSomethingUpInIt()
    {
        string first = Assert.Single(await WaitForLinesAsync("server", 1));
        Process.GetProcessById(int.Parse(first, System.Globalization.CultureInfo.InvariantCulture)).Kill();

        Assert.NotEqual(first, (await WaitForLinesAsync("server", 2))[1]);
        Assert.Equal(2, (await WaitForLinesAsync("set-up", 2)).Length);
        Assert.Single(await WaitForLinesAsync("other", 1));
    }

    private async Task<string[]> WaitForLinesAsync(string file, int count)
    {
        string path = Path.Combine(_directory, file);
        await Eventually.IsTrueAsync(() => File.Exists(path) && File.ReadAllLines(path).Length >= count, $"{file} has run {count} times");
        return await File.ReadAllLinesAsync(path);
    }
}
