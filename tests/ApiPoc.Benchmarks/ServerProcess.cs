using System.Diagnostics;
using System.Net.Sockets;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks;

/// <summary>A server under load, in a process of its own so that its processor time can be told from the load generator's.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartBudget = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private ServerProcess(Process process)
    {
        _process = process;
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>The processor time it and the processes it has started have used.</summary>
    public TimeSpan ProcessorTime => Children().Prepend(_process.Id).Aggregate(TimeSpan.Zero, (sum, id) => sum + ProcessorTimeOf(id));

    /// <summary>Whether it runs. A port that somebody else took a moment earlier listens as well.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Starts one of our services from its build output.</summary>
    public static Task<ServerProcess> StartServiceAsync(string name, int port, params (string Key, string Value)[] environment)
    {
        string configuration = AppContext.BaseDirectory.Contains("release", StringComparison.OrdinalIgnoreCase) ? "release" : "debug";
        string program = Path.Combine(RepositoryRoot.Path, "artifacts", "bin", name, configuration, $"ApiPoc.{name}.dll");
        return StartAsync("dotnet", [program], Path.Combine(RepositoryRoot.Path, "services", name), port, environment);
    }

    /// <summary>Starts another role of this program.</summary>
    public static Task<ServerProcess> StartRoleAsync(string role, int port, string backend) =>
        StartAsync("dotnet", [typeof(ServerProcess).Assembly.Location, "serve", role, $"{port}", backend], Path.GetTempPath(), port);

    /// <summary>Starts a program and waits until it listens.</summary>
    public static async Task<ServerProcess> StartAsync(string file, string[] arguments, string folder, int port, params (string Key, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        var process = Process.Start(start)!;
        var server = new ServerProcess(process);
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEndAsync();
        using var budget = new CancellationTokenSource(StartBudget);
        while (!await ListensAsync(port))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended: {await errors}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, budget.Token);
        }
        return server;
    }

    /// <summary>Kills it (SIGKILL).</summary>
    public void Kill() => PosixSignals.Send(_process, PosixSignals.Kill);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        PosixSignals.Send(_process, PosixSignals.Terminate);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    // Whoever ends a benchmark half-way is to find nothing left running.
    private void KillAtExit(object? sender, EventArgs e) => Kill();

    // nginx answers by processes of its own.
    private IEnumerable<int> Children()
    {
        string list = $"/proc/{_process.Id}/task/{_process.Id}/children";
        return File.Exists(list) ? File.ReadAllText(list).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse) : [];
    }

    private static TimeSpan ProcessorTimeOf(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }

    private static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
