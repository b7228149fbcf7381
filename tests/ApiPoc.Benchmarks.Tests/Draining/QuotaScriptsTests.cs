using System.Net.Sockets;
using System.Text;
using ApiPoc.Benchmarks.Draining.Consuming;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks.Tests.Draining;

public sealed class QuotaScriptsTests
{
    [Fact]
    public async Task Stop_AfterScriptsOfManyKinds_CountsThoseOfTheApisQuota()
    {
        await using var redis = await RedisServer.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", redis.Port);
        string sha = (await AskAsync(client, """SCRIPT LOAD "return 1" """)).Split("\r\n")[1];
        using var scripts = await QuotaScripts.StartAsync(redis.Port, "API");

        await AskAsync(client, """EVAL "return redis.call('EXISTS', '\"' .. KEYS[1])" 1 {API:quota} 1 2""");
        await AskAsync(client, $"evalsha {sha} 1 {{API:quota}}");
        await AskAsync(client, $"EVALSHA {sha} 1 {{WARM_UP:quota}}");
        await AskAsync(client, $"EVALSHA {sha} 1 {{API:state}}:calls");
        await AskAsync(client, $"EVALSHA {sha} 2 {{API:quota}} {{API:quota}}x");
        await AskAsync(client, "EXISTS {API:quota}");

        Assert.Equal(2, await scripts.StopAsync());
    }

    private static async Task<string> AskAsync(TcpClient client, string command)
    {
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{command}\r\n"));
        byte[] answer = new byte[1000];
        return Encoding.ASCII.GetString(answer, 0, await client.GetStream().ReadAsync(answer));
    }
}
