using System.Net;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.Local.Proxies;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.Tests;

public sealed class ProxyTests : IDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly PortReservation _port = PortReservation.TakeAny();
    private readonly EndpointProxy _proxy;
    private readonly CancellationTokenSource _patience = new(TestApplication.Patience);

    public ProxyTests()
    {
        _server.Start();
        _proxy = new(_port.Listeners(), [((IPEndPoint)_server.LocalEndpoint).Port], NullLogger.Instance);
        _proxy.Start();
    }

    [Fact]
    public async Task ClientEndsSending_ServerStillAnswers()
    {
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", _port.Port, _patience.Token);
        var stream = client.GetStream();
        await stream.WriteAsync("question"u8.ToArray(), _patience.Token);
        client.Client.Shutdown(SocketShutdown.Send);

        using var accepted = await _server.AcceptTcpClientAsync(_patience.Token);
        Assert.Equal("question", await new StreamReader(accepted.GetStream()).ReadToEndAsync(_patience.Token));
        await accepted.GetStream().WriteAsync("answer"u8.ToArray(), _patience.Token);
        accepted.Close();
        Assert.Equal("answer", await new StreamReader(stream).ReadToEndAsync(_patience.Token));
    }

    [Fact]
    public async Task ManyBytes_ArriveUnchanged()
    {
        var sent = Encoding.ASCII.GetBytes(string.Join(' ', Enumerable.Range(0, 200_000)));
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", _port.Port, _patience.Token);
        using var accepted = await _server.AcceptTcpClientAsync(_patience.Token);
        var writing = client.GetStream().WriteAsync(sent, _patience.Token);
        var received = new byte[sent.Length];
        await accepted.GetStream().ReadExactlyAsync(received, _patience.Token);
        await writing;
        Assert.True(sent.AsSpan().SequenceEqual(received));
    }

    [Fact]
    public async Task NobodyListens_ConnectionIsClosed()
    {
        _server.Stop();
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", _port.Port, _patience.Token);
        var buffer = new byte[1];
        Assert.Equal(0, await client.GetStream().ReadAsync(buffer, _patience.Token));
    }

    public void Dispose()
    {
        _proxy.Dispose();
        _port.Dispose();
        _server.Dispose();
        _patience.Dispose();
    }
}
