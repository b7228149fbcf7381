namespace ApiPoc.Testing;

/// <summary>DynamoDB of its own on a free loopback port: the npm emulator of the embedded backing, installed when missing; it ends with the test process.</summary>
public sealed class DynamoDbEmulator : IAsyncDisposable
{
    private readonly NodeEmulator _emulator = new("dynamodb.mjs");

    private DynamoDbEmulator()
    {
    }

    /// <summary>For <c>AWS_ENDPOINT_URL_DYNAMODB</c>.</summary>
    public string Url => $"http://127.0.0.1:{_emulator.Port}";

    /// <summary>Installs the emulator when missing, starts one and waits until it listens.</summary>
    public static async Task<DynamoDbEmulator> StartAsync(CancellationToken cancellationToken = default)
    {
        var emulator = new DynamoDbEmulator();
        await emulator._emulator.StartAsync(cancellationToken);
        return emulator;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _emulator.Kill();
        return ValueTask.CompletedTask;
    }
}
