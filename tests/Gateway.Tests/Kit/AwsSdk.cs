using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ApiPoc.Testing;

namespace ApiPoc.Gateway.Tests.Kit;

/// <summary>AWS's SDK for JavaScript with our control plane as its endpoint (eng/aws-sdk), installed when missing. It ends with the test process.</summary>
internal sealed class AwsSdk : IDisposable
{
    private static readonly TimeSpan CallBudget = TimeSpan.FromSeconds(30);
    private readonly Process _process;

    private AwsSdk(Process process) => _process = process;

    /// <summary>Starts a client of <paramref name="endpoint"/>.</summary>
    public static async Task<AwsSdk> StartAsync(Uri endpoint)
    {
        string folder = Path.Combine(RepositoryRoot.Path, "eng", "aws-sdk");
        await SetupScript.RunAsync("npm-ci.sh", [folder], CancellationToken.None);
        return new AwsSdk(Process.Start(new ProcessStartInfo("node", ["api-gateway.mjs", endpoint.ToString()])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
    }

    /// <summary>Makes one call, e.g. <c>CreateApiKey</c>, and returns what the SDK made of the answer.</summary>
    /// <exception cref="AwsSdkException">The SDK threw.</exception>
    public Task<JsonNode> CallAsync(string command, object input) => AskAsync(new { command, input });

    /// <summary>Lists every page by the SDK's own paginator.</summary>
    public async Task<IReadOnlyList<JsonNode>> PagesAsync(string command, object input) =>
        [.. (await AskAsync(new { command, input, pages = true })).AsArray().Select(page => page!)];

    /// <summary>Makes a call that is refused.</summary>
    public async Task<AwsSdkException> RefusedAsync(string command, object input) => await Assert.ThrowsAsync<AwsSdkException>(() => CallAsync(command, input));

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private async Task<JsonNode> AskAsync(object question)
    {
        using var budget = new CancellationTokenSource(CallBudget);
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question).AsMemory(), budget.Token);
        await _process.StandardInput.FlushAsync(budget.Token);
        string line = await _process.StandardOutput.ReadLineAsync(budget.Token) ?? throw new InvalidOperationException("The SDK's process has ended.");
        var answer = JsonNode.Parse(line)!;
        if (answer["error"] is { } error)
            throw new AwsSdkException((int?)error["status"] ?? 0, (string)error["name"]!, (string)error["message"]!);
        return answer["output"]!;
    }
}

/// <summary>What the SDK threw.</summary>
internal sealed class AwsSdkException(int status, string name, string message) : Exception(message)
{
    /// <summary>The HTTP status, the exception's class in the SDK, its message.</summary>
    public (int Status, string Name, string Message) Error => (status, name, Message);
}
