using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace ApiPoc.Benchmarks.Draining.Consuming;

/// <summary>Counts the scripts of one API's quota, by their key: Redis itself counts all scripts together, but shows each to who monitors it.</summary>
internal sealed partial class QuotaScripts : IDisposable
{
    private readonly TcpClient _client = new();
    private Task<int> _count = Task.FromResult(0);

    private QuotaScripts()
    {
    }

    /// <summary>Begins, at the server at a loopback port.</summary>
    public static async Task<QuotaScripts> StartAsync(int port, string apiId)
    {
        var scripts = new QuotaScripts();
        await scripts._client.ConnectAsync("127.0.0.1", port);
        await scripts._client.GetStream().WriteAsync("MONITOR\r\n"u8.ToArray());
        var reader = new StreamReader(scripts._client.GetStream(), Encoding.ASCII);
        if (await reader.ReadLineAsync() is not "+OK")
            throw new IOException("Redis does not let itself be monitored.");
        scripts._count = CountAsync(reader, apiId);
        return scripts;
    }

    /// <summary>Ends.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> StopAsync()
    {
        await _client.GetStream().WriteAsync("QUIT\r\n"u8.ToArray());
        return await _count;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static async Task<int> CountAsync(StreamReader reader, string apiId)
    {
        int count = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (ScriptOfOneKey().Match(line) is { Success: true } script && script.Groups["key"].Value == $"{{{apiId}:quota}}")
                count++;
        }
        return count;
    }

    // +1795263132.771447 [0 127.0.0.1:58586] "EVALSHA" "28295f…" "1" "{MEASURED:quota}" "41" …
    [GeneratedRegex("""^\+\S+ \[[^]]*\] "EVAL(SHA)?" "(\\.|[^"\\])*" "1" "(?<key>[^"]*)""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ScriptOfOneKey();
}
