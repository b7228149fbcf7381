using System.Net.Sockets;
using System.Text;

namespace ApiPoc.Gateway.Tests.Kit;

/// <summary>What a server does with bytes that no HTTP client would send.</summary>
/// <param name="Answer">All it has sent.</param>
/// <param name="IsClosed">Whether it has closed the connection.</param>
public sealed record RawCall(string Answer, bool IsClosed)
{
    // How long a server that does not close is listened to; one that closes takes no part of it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The status of the first answer; 0 when there is none.</summary>
    public int Status => Answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(Answer.AsSpan(9, 3)) : 0;

    /// <summary>How many answers there are.</summary>
    public int Answers => Answer.Split("HTTP/1.1 ").Length - 1;

    /// <summary>Sends <paramref name="bytes"/>, one character a byte, and reads until the server closes or <paramref name="isEnough"/>.</summary>
    public static async Task<RawCall> SendAsync(Uri server, string bytes, Func<string, bool>? isEnough = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        var stream = client.GetStream();
        var answer = new StringBuilder();
        byte[] buffer = new byte[16 * 1024];
        using var budget = new CancellationTokenSource(Patience);
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), budget.Token);
            while (isEnough?.Invoke(answer.ToString()) is not true)
            {
                int read = await stream.ReadAsync(buffer, budget.Token);
                if (read == 0)
                    return new RawCall(answer.ToString(), IsClosed: true);
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
            return new RawCall(answer.ToString(), IsClosed: false);
        }
        catch (IOException)
        {
            // Reset: it closed without reading all that was sent.
            return new RawCall(answer.ToString(), IsClosed: true);
        }
        catch (OperationCanceledException)
        {
            return new RawCall(answer.ToString(), IsClosed: false);
        }
    }
}
