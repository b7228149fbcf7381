using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace ApiPoc.Benchmarks.Draining.Consuming;

/// <summary>How many commands a Redis server has run, by its own count.</summary>
/// <param name="All">All of them, those inside scripts too.</param>
/// <param name="Scripts">Scripts: each is one round trip.</param>
/// <param name="Published">Messages published: in our consumer, writes of the shared quota state.</param>
internal sealed partial record RedisCommands(long All, long Scripts, long Published)
{
    private static readonly string[] ScriptCommands = ["eval", "evalsha", "eval_ro", "evalsha_ro", "fcall", "fcall_ro"];

    public static RedisCommands operator -(RedisCommands later, RedisCommands earlier) =>
        new(later.All - earlier.All, later.Scripts - earlier.Scripts, later.Published - earlier.Published);

    /// <summary>Asks the server at a loopback port.</summary>
    public static async Task<RedisCommands> ReadAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        var stream = client.GetStream();
        await stream.WriteAsync("INFO commandstats\r\n"u8.ToArray());
        using var reader = new StreamReader(stream, Encoding.ASCII);
        string head = await reader.ReadLineAsync() ?? throw new IOException("Redis closed the connection.");
        char[] text = new char[int.Parse(head[1..])];
        await reader.ReadBlockAsync(text);
        var calls = CommandLine().Matches(new string(text))
            .ToDictionary(line => line.Groups["command"].Value, line => long.Parse(line.Groups["calls"].Value, CultureInfo.InvariantCulture));
        return new RedisCommands(calls.Values.Sum(), ScriptCommands.Sum(name => calls.GetValueOrDefault(name)), calls.GetValueOrDefault("publish"));
    }

    [GeneratedRegex(@"^cmdstat_(?<command>[^:]+):calls=(?<calls>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CommandLine();
}
