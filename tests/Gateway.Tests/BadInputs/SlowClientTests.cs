using System.Net.Sockets;
using System.Text;
using ApiPoc.Gateway.Tests.Kit;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ApiPoc.Gateway.Tests.BadInputs;

public sealed class SlowClientTests(BadInputFixture fixture) : IClassFixture<BadInputFixture>
{
    private const int Connections = 200;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(15);

    [Fact]
    public void Limits_OfSilence_AreBelow15Seconds()
    {
        var limits = fixture.Gateway.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        Assert.InRange(limits.RequestHeadersTimeout, TimeSpan.FromSeconds(1), Bound);
        Assert.InRange(limits.KeepAliveTimeout, TimeSpan.FromSeconds(1), Bound);
        Assert.InRange(limits.MinRequestBodyDataRate!.GracePeriod, TimeSpan.FromSeconds(1), Bound);
    }

    [Fact]
    public async Task SlowHeaders_ManyOfThem_AreClosed_AndOthersServedMeanwhile()
    {
        var slow = Enumerable.Range(0, Connections).Select(_ => TrickleAsync($"GET {BadInputFixture.Stage}/open HTTP/1.1\r\nX-A: ", "a")).ToList();
        for (int call = 0; call < 20; call++)
            Assert.Equal(200, (await fixture.Gateway.GetAsync("bad/aws/open")).Status);
        Assert.All(await Task.WhenAll(slow), isClosed => Assert.True(isClosed));
    }

    [Theory]
    [InlineData($"POST {BadInputFixture.Stage}/things HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n", "a")]
    [InlineData($"POST {BadInputFixture.Stage}/things HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n")]
    public async Task NeverEndingBody_IsClosed(string head, string piece) => Assert.True(await TrickleAsync(head, piece));

    [Fact]
    public async Task IdleConnection_IsClosed()
    {
        var call = await RawCall.SendAsync(fixture.Gateway.Data, $"GET {BadInputFixture.Stage}/open HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal((200, 1, true), (call.Status, call.Answers, call.IsClosed));
    }

    /// <summary>Sends <paramref name="head"/>, then <paramref name="piece"/> every second.</summary>
    /// <returns>Whether the server closed the connection; false after twice the time it may take.</returns>
    private async Task<bool> TrickleAsync(string head, string piece)
    {
        using var client = new TcpClient();
        using var budget = new CancellationTokenSource(2 * Bound);
        await client.ConnectAsync(fixture.Gateway.Data.Host, fixture.Gateway.Data.Port, budget.Token);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), budget.Token);
            var closed = ReadToEndAsync(stream, budget.Token);
            while (await Task.WhenAny(closed, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, budget.Token)) != closed)
                await stream.WriteAsync(Encoding.ASCII.GetBytes(piece), budget.Token);
            await closed;
            return true;
        }
        catch (IOException)
        {
            // Reset by the server.
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task ReadToEndAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, cancellationToken) > 0)
        {
            // Whatever it says, it is to close.
        }
    }
}
