using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ApiPoc.Gateway.Tests.Kit;

/// <summary>A back end that accepts, begins its answer at most, and says no more.</summary>
public sealed class SilentBackend : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _beginning;
    private readonly Task _serving;

    private SilentBackend(string beginning)
    {
        _beginning = beginning;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Its address, without a trailing slash.</summary>
    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>Starts one that answers <paramref name="beginning"/>, one character a byte, which may be nothing.</summary>
    public static SilentBackend Start(string beginning) => new(beginning);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var calls = new List<Task>();
        try
        {
            while (true)
                calls.Add(HoldAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(calls);
        }
    }

    private async Task HoldAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                // The request has come as soon as anything of it has.
                _ = await stream.ReadAsync(new byte[4096], _stop.Token);
                await stream.WriteAsync(Encoding.Latin1.GetBytes(_beginning), _stop.Token);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
            }
            catch (Exception end) when (end is IOException or OperationCanceledException)
            {
                // The gateway has waited long enough, or the test is over.
            }
        }
    }
}
