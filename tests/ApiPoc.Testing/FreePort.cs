using System.Net;
using System.Net.Sockets;

namespace ApiPoc.Testing;

/// <summary>Ports for servers that cannot choose one themselves.</summary>
public static class FreePort
{
    /// <summary>A loopback port that nobody listens on at this moment. Another process may take it before the server does: then it must be tried again.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
