using System.Buffers;
using System.Net.Sockets;

namespace Aspire.Hosting.Local.Proxies;

/// <summary>Copies between two connections until both directions have ended; one side's end of sending is passed on by itself.</summary>
internal static class Relay
{
    private const int BufferBytes = 16 * 1024;

    public static async Task RunAsync(Socket client, Socket server, CancellationToken cancellationToken)
    {
        client.NoDelay = true;
        var directions = new[] { CopyAsync(client, server, cancellationToken), CopyAsync(server, client, cancellationToken) };
        // A direction that fails ends both: the other one would wait for an answer that cannot come.
        await await Task.WhenAny(directions);
        await Task.WhenAll(directions);
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer.AsMemory(), cancellationToken)) > 0)
            {
                for (var sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), cancellationToken);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
