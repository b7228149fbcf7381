using System.Net.Sockets;
using ApiPoc.Benchmarks.Draining.Consuming;
using ApiPoc.Testing;

namespace ApiPoc.Benchmarks.Tests.Draining;

public sealed class RedisCommandsTests
{
    [Fact]
    public async Task Read_AfterAScriptThatPublishes_CountsTheScriptAndWhatItRan()
    {
        await using var redis = await RedisServer.StartAsync();
        // Asking is itself a command: the first time it is counted with the second.
        var before = await RedisCommands.ReadAsync(redis.Port);

        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", redis.Port);
        await client.GetStream().WriteAsync("EVAL \"return redis.call('PUBLISH', 'channel', 'message')\" 0\r\n"u8.ToArray());
        await client.GetStream().ReadExactlyAsync(new byte[4]);

        Assert.Equal(new RedisCommands(All: 3, Scripts: 1, Published: 1), await RedisCommands.ReadAsync(redis.Port) - before);
    }
}
