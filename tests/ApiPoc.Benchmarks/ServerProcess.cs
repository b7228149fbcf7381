using System.Diagnostics;
using System.Net.Sockets;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks;

/// <summary>A server under load, in a process of its own so that its processor time can be told from the load generator's.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartBudget = TimeSpan.FromSeconds(60);
    private readonly List<Process> _processes;

    private ServerProcess(List<Process> processes) => _processes = processes;

    /// <summary>The processor time it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _processes.ForEach(process => process.Refresh());
            return TimeSpan.FromTicks(_processes.Sum(process => process.TotalProcessorTime.Ticks));
        }
    }

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
        // nginx answers by processes of its own, which it starts after it listens.
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, budget.Token);
        bool isNginx = file.EndsWith("nginx", StringComparison.Ordinal);
        return new ServerProcess([process, .. Process.GetProcessesByName("nginx").Where(worker => isNginx && worker.Id != process.Id)]);
    }

    /// <summary>Kills it (SIGKILL).</summary>
    public void Kill() => PosixSignals.Send(_processes[0], PosixSignals.Kill);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.Take(1))
        {
            PosixSignals.Send(process, PosixSignals.Terminate);
            await process.WaitForExitAsync();
        }
        _processes.ForEach(process => process.Dispose());
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
