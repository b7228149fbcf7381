using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Local.Proxies;

/// <summary>Relays each connection to the next process in turn, passing over those that do not listen.</summary>
internal sealed class EndpointProxy(IReadOnlyList<Socket> listeners, IReadOnlyList<int> targets, ILogger logger) : IDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stopping = new();
    private int _next = -1;

    public void Start()
    {
        foreach (var listener in listeners)
            _ = AcceptAsync(listener);
    }

    public void Dispose()
    {
        _stopping.Cancel();
        foreach (var listener in listeners)
            listener.Dispose();
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptAsync(_stopping.Token);
                _ = ServeAsync(client);
            }
            catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException failure)
            {
                // A client that went away while it was accepted is its own affair; too many open files is not, and needs a moment.
                ProxyLog.AcceptFailed(logger, failure);
                await Task.Delay(AfterFailure, TimeProvider.System);
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        {
            try
            {
                using var server = await ConnectAsync();
                if (server is not null)
                    await Relay.RunAsync(client, server, _stopping.Token);
            }
            catch (Exception failure) when (failure is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side has gone; disposing both tells the other one.
                ProxyLog.ConnectionBroken(logger, failure.Message);
            }
        }
    }

    private async Task<Socket?> ConnectAsync()
    {
        for (var attempt = 0; attempt < targets.Count; attempt++)
        {
            var target = targets[(int)((uint)Interlocked.Increment(ref _next) % targets.Count)];
            var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await server.ConnectAsync(new IPEndPoint(IPAddress.Loopback, target), _stopping.Token);
                return server;
            }
            catch (SocketException)
            {
                server.Dispose();
            }
        }

        return null;
    }
}
