namespace ApiPoc.Testing;

/// <summary>
/// SQS and SNS of its own on a free loopback port: the npm emulator of the embedded backing, installed when missing. Killed, paused and
/// restarted (empty) as the test wants; it ends with the test process, however that ends.
/// </summary>
public sealed class SqsEmulator : IAsyncDisposable
{
    private readonly NodeEmulator _emulator = new("sqs-sns.mjs");

    private SqsEmulator()
    {
    }

    /// <summary>The port it listens on; kept over restarts.</summary>
    public int Port => _emulator.Port;

    /// <summary>For <c>AWS_ENDPOINT_URL</c>.</summary>
    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>The settings a service finds it by, as configuration or environment variables.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["AWS_ENDPOINT_URL"] = Url,
        ["AWS_REGION"] = "eu-west-1",
        ["AWS_ACCESS_KEY_ID"] = "test",
        ["AWS_SECRET_ACCESS_KEY"] = "test",
    };

    /// <summary>Installs the emulator when missing, starts one and waits until it listens.</summary>
    public static async Task<SqsEmulator> StartAsync(CancellationToken cancellationToken = default)
    {
        var emulator = new SqsEmulator();
        await emulator._emulator.StartAsync(cancellationToken);
        return emulator;
    }

    /// <summary>Kills it (SIGKILL): clients see their connections reset, and what it held is gone.</summary>
    public void Kill() => _emulator.Kill();

    /// <summary>Freezes it (SIGSTOP): connections stay open and nothing is answered.</summary>
    public void Pause() => _emulator.Pause();

    /// <summary>Lets a paused emulator go on (SIGCONT).</summary>
    public void Resume() => _emulator.Resume();

    /// <summary>Kills it if it runs and starts it again on the same port, without queues and topics.</summary>
    public Task RestartAsync(CancellationToken cancellationToken = default)
    {
        Kill();
        return _emulator.LaunchAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Kill();
        return ValueTask.CompletedTask;
    }
}
