using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ApiPoc.Testing;

/// <summary>
/// A real redis-server of its own on a free loopback port, that keeps nothing on disk. Stopped, killed, paused and restarted
/// as the test wants; it ends with the test process.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartBudget = TimeSpan.FromSeconds(20);
    private readonly string _directory = Directory.CreateTempSubdirectory("apipoc-redis-").FullName;
    private Process? _process;

    private RedisServer() => AppDomain.CurrentDomain.ProcessExit += KillAtExit;

    /// <summary>The port it listens on; kept over restarts.</summary>
    public int Port { get; private set; }

    /// <summary>Its connection string for StackExchange.Redis, which keeps trying to connect while the server is down.</summary>
    public string ConnectionString => $"127.0.0.1:{Port},abortConnect=false,connectTimeout=2000";

    /// <summary>Installs redis-server when missing, starts one and waits until it answers.</summary>
    public static async Task<RedisServer> StartAsync(CancellationToken cancellationToken = default)
    {
        await RedisInstallation.EnsureAsync(cancellationToken);
        var server = new RedisServer();
        // Between choosing a free port and listening on it another process may take it: then the server exits and the next port is tried.
        for (int attempt = 1; ; attempt++)
        {
            server.Port = FreePort.Next();
            try
            {
                await server.LaunchAsync(cancellationToken);
                return server;
            }
            catch (InvalidOperationException) when (attempt < 5)
            {
                server.Kill();
            }
        }
    }

    /// <summary>Stops it as an operator would (SIGTERM) and waits for its end.</summary>
    public void Stop() => End(PosixSignals.Terminate);

    /// <summary>Kills it (SIGKILL): clients see their connections reset.</summary>
    public void Kill() => End(PosixSignals.Kill);

    /// <summary>Freezes it (SIGSTOP): connections stay open and nothing is answered.</summary>
    public void Pause() => PosixSignals.Send(_process!, PosixSignals.Stop);

    /// <summary>Lets a paused server go on (SIGCONT).</summary>
    public void Resume() => PosixSignals.Send(_process!, PosixSignals.Continue);

    /// <summary>Kills it if it runs and starts it again on the same port, empty.</summary>
    public Task RestartAsync(CancellationToken cancellationToken = default)
    {
        Kill();
        return LaunchAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        Kill();
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        string log = Path.Combine(_directory, "redis.log");
        string[] arguments =
        [
            "--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
            "--dir", _directory, "--logfile", log, "--maxmemory-policy", "noeviction",
        ];
        _process = Process.Start(new ProcessStartInfo("redis-server", arguments))!;
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        budget.CancelAfter(StartBudget);
        while (!await AnswersPingAsync(budget.Token))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"redis-server exited with code {_process.ExitCode}: {await File.ReadAllTextAsync(log, budget.Token)}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, budget.Token);
        }
    }

    private async Task<bool> AnswersPingAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
            byte[] answer = new byte[7];
            await client.GetStream().ReadExactlyAsync(answer, cancellationToken);
            return Encoding.ASCII.GetString(answer) == "+PONG\r\n";
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return false;
        }
    }

    private void End(int signal)
    {
        if (_process is not { } process)
            return;
        _process = null;
        if (!process.HasExited)
        {
            // A frozen process keeps SIGTERM pending for ever, so it is woken first.
            PosixSignals.Send(process, signal);
            PosixSignals.Send(process, PosixSignals.Continue);
        }
        if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
            process.Kill();
        process.Dispose();
    }

    private void KillAtExit(object? sender, EventArgs e) => Kill();
}
