using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ApiPoc.Gateway.Tests.Kit;

/// <summary>A back end that answers bytes no HTTP server would send, one character a byte, and then closes.</summary>
public sealed class RawBackend : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, string> _answer;
    private readonly Task _serving;

    private RawBackend(Func<string, string> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Its address, without a trailing slash.</summary>
    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>Starts one that answers a request, its headers' end included, by <paramref name="answer"/>.</summary>
    public static RawBackend Start(Func<string, string> answer) => new(answer);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // It was disposed.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var request = new StringBuilder();
        byte[] buffer = new byte[4096];
        try
        {
            while (!request.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer) is > 0 and var read)
                request.Append(Encoding.Latin1.GetString(buffer, 0, read));
            await stream.WriteAsync(Encoding.Latin1.GetBytes(_answer(request.ToString())));
        }
        catch (IOException)
        {
            // The gateway has heard enough.
        }
    }
}
