using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Local.Proxies;

/// <summary>A port held on the loopback addresses of both families, so that "localhost" means the same to everybody.</summary>
internal sealed class PortReservation : IDisposable
{
    // Below what systems use for outgoing connections: a port free now stays free until the process that is to have it binds it.
    private const int FirstPort = 10_000;
    private const int LastPort = 32_000;
    private const int Backlog = 512;

    // Not every machine has an IPv6 loopback.
    private static readonly IPAddress[] Addresses = FindAddresses();

    private readonly List<Socket> _sockets;

    private PortReservation(int port, List<Socket> sockets)
    {
        Port = port;
        _sockets = sockets;
    }

    public int Port { get; }

    /// <summary>The port, or null when another process has it.</summary>
    public static PortReservation? TryTake(int port)
    {
        var sockets = new List<Socket>();
        try
        {
            foreach (var address in Addresses)
            {
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                socket.Bind(new IPEndPoint(address, port));
                socket.Listen(Backlog);
            }

            return new(port, sockets);
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            sockets.ForEach(socket => socket.Dispose());
            return null;
        }
    }

    public static PortReservation TakeAny()
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            if (TryTake(Random.Shared.Next(FirstPort, LastPort)) is { } reservation)
                return reservation;
        }

        throw new DistributedApplicationException($"No free port was found between {FirstPort} and {LastPort}.");
    }

    /// <summary>Hands the listening sockets over; the port stays held by whoever has them.</summary>
    public IReadOnlyList<Socket> Listeners()
    {
        var listeners = _sockets.ToList();
        _sockets.Clear();
        return listeners;
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private static IPAddress[] FindAddresses()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return [IPAddress.Loopback, IPAddress.IPv6Loopback];
        }
        catch (SocketException)
        {
            return [IPAddress.Loopback];
        }
    }
}
