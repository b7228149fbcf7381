using System.Net;
using System.Net.Sockets;
using ApiPoc.Testing;
using Aspire.Hosting.Local.Proxies;

namespace Aspire.Hosting.Tests;

/// <summary>An AppHost as a process: how it ends, and that nothing of it stays.</summary>
public sealed class AppHostProcessTests
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OrphanLimit = TimeSpan.FromSeconds(6);

    private static readonly string[] Stubborn = ["--stubborn", "yes"];

    [Theory]
    [InlineData(PosixSignals.Terminate, true)]
    [InlineData(Interrupt, false)]
    public async Task AskedToEnd_StopsEverythingInTimeAndReportsSuccess(int signal, bool withStubborn)
    {
        using var host = TestAppHost.Start(FreePort(), withStubborn ? Stubborn : []);
        await host.WaitForLineAsync(withStubborn ? ["parent: Running", "stubborn: Running"] : ["parent: Running"]);
        Assert.NotEmpty(host.Descendants());
        host.Send(signal);
        Assert.Equal(0, await host.WaitForExitAsync(StopLimit));
        Assert.Empty(host.Descendants());
        Assert.True(CanListen(host.Port));
    }

    [Fact]
    public async Task Killed_LeavesNothingBehind()
    {
        using var host = TestAppHost.Start(FreePort(), Stubborn);
        await host.WaitForLineAsync("parent: Running", "stubborn: Running");
        var nameless = await host.WaitForProcessIdAsync("nameless");
        host.Send(PosixSignals.Kill);
        await host.WaitForExitAsync(StopLimit);
        await host.WaitForNoDescendantsAsync(OrphanLimit);
        Assert.False(ProcessList.IsAlive(nameless));
        Assert.True(CanListen(host.Port));
    }

    [Fact]
    public async Task GuardKilled_ThenAppHostKilled_LeavesNothingBehind()
    {
        using var host = TestAppHost.Start(FreePort());
        await host.WaitForLineAsync("parent: Running");
        host.KillDescendant("aspire-guard");
        await host.WaitForLineAsync("starting another.");
        await Eventually.IsTrueAsync(() => host.Descendants().Any(each => each.Contains("aspire-guard", StringComparison.Ordinal)), TestApplication.Patience, () => "There is no new guard.");
        host.Send(PosixSignals.Kill);
        await host.WaitForExitAsync(StopLimit);
        await host.WaitForNoDescendantsAsync(OrphanLimit);
    }

    [Fact]
    public async Task DotnetRunKilled_AppHostEndsToo()
    {
        using var host = TestAppHost.StartByDotnetRun(FreePort());
        await host.WaitForLineAsync("parent: Running");
        host.Send(PosixSignals.Kill);
        await host.WaitForExitAsync(StopLimit);
        await host.WaitForNoDescendantsAsync(StopLimit + OrphanLimit);
        Assert.True(CanListen(host.Port));
    }

    [Fact]
    public async Task PortOccupied_NamesItAndStartsNothing()
    {
        using var occupant = new TcpListener(IPAddress.Loopback, 0);
        occupant.Start();
        var port = ((IPEndPoint)occupant.LocalEndpoint).Port;
        using var host = TestAppHost.Start(port);
        Assert.Equal(1, await host.WaitForExitAsync(TestApplication.Patience));
        Assert.Contains($"crit: Port {port} is occupied by another process; willing (endpoint 'http') wants it.", host.Lines);
        Assert.DoesNotContain(host.Lines, line => line.Contains("Starting", StringComparison.Ordinal));
        Assert.Empty(host.Descendants());
    }

    private const int Interrupt = 2;

    private static int FreePort()
    {
        using var reservation = PortReservation.TakeAny();
        return reservation.Port;
    }

    private static bool CanListen(int port)
    {
        using var reservation = PortReservation.TryTake(port);
        return reservation is not null;
    }
}
