using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ApiPoc.Notifier.Tests.Channels;

/// <summary>Speaks just enough SMTP (RFC 5321) to take one mail after the other, on a free loopback port.</summary>
internal sealed class SmtpReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;

    public SmtpReceiver()
    {
        _listener.Start();
        _loop = ListenAsync();
    }

    /// <summary>What to answer to the recipient; 250 takes the mail.</summary>
    public string RecipientAnswer { get; set; } = "250 OK";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Commands and data lines as they came, also while more come.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _loop.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            await ServeAsync(client.GetStream());
        }
    }

    private async Task ServeAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test");
        bool isData = false;
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            Lines.Enqueue(line);
            if (isData && line != ".")
                continue;
            string answer = isData ? "250 taken" : Answer(line);
            isData = line == "DATA";
            await writer.WriteLineAsync(answer);
        }
    }

    private string Answer(string command) => command.Split(' ', ':')[0] switch
    {
        "RCPT" => RecipientAnswer,
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 OK",
    };
}
