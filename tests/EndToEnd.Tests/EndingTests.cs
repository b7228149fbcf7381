using System.Diagnostics;
using System.Net.Sockets;
using ApiPoc.Testing;

namespace ApiPoc.EndToEnd;

public sealed class EndingTests
{
    [Fact]
    public async Task Interrupt_RunningStack_EndsWithZeroWithinTenSecondsAndLeavesNothing()
    {
        var stack = new Stack();
        await stack.InitializeAsync();
        var (exitCode, took) = await stack.AppHost.InterruptAsync();
        string left = await ProcessesOfTheStackAsync();
        Uri[] stillListening = [.. new[] { Addresses.ExternalApi, Addresses.TaskMaster, Addresses.SqsSns, stack.AppHost.Dashboard }.Where(Accepts)];
        await stack.DisposeAsync();

        Assert.Equal(0, exitCode);
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal("", left);
        Assert.Empty(stillListening);
    }

    private static bool Accepts(Uri address)
    {
        try
        {
            using var client = new TcpClient(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Command lines of what runs from this clone's build output, the tests themselves aside.</summary>
    private static async Task<string> ProcessesOfTheStackAsync()
    {
        using var ps = Process.Start(new ProcessStartInfo("ps", ["-A", "-o", "args"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string all = await ps.StandardOutput.ReadToEndAsync();
        string output = Path.Combine(RepositoryRoot.Path, "artifacts", "bin");
        return string.Join('\n', all.Split('\n').Where(line => line.Contains(output, StringComparison.Ordinal) && !line.Contains("EndToEnd", StringComparison.Ordinal)));
    }
}
