using System.Net.Sockets;
using System.Text;

namespace ApiPoc.ExternalApi.Tests;

/// <summary>A connection that says what HttpClient would refuse to say.</summary>
internal sealed class RawHttp : IDisposable
{
    private readonly TcpClient _connection = new();

    public static async Task<RawHttp> ConnectAsync(Uri address)
    {
        RawHttp raw = new();
        await raw._connection.ConnectAsync(address.Host, address.Port);
        return raw;
    }

    /// <summary>Sends the text and reads until the server closes, at most 10 s.</summary>
    public async Task<string> SendAsync(string text)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(10));
        var stream = _connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), patience.Token);
        using StreamReader reader = new(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(patience.Token);
    }

    public void Dispose() => _connection.Dispose();
}
